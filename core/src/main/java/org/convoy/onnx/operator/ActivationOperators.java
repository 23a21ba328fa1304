package org.convoy.onnx.operator;

import java.util.Arrays;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Elu;
import org.convoy.nn.layer.LeakyRelu;
import org.convoy.nn.layer.LogSoftmax;
import org.convoy.nn.layer.Prelu;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Sigmoid;
import org.convoy.nn.layer.Softmax;
import org.convoy.nn.layer.Tanh;
import org.convoy.onnx.format.ElementType;

/** Activations, softmax and dropout. */
final class ActivationOperators {
  /** The opset from which a softmax runs over one axis, not over all from it on. */
  private static final int ONE_AXIS = 13;

  /** The opset from which shapes broadcast by NumPy's rules. */
  private static final int NUMPY_BROADCASTING = 7;

  /** The opset from which dropout has a mask of truth values. */
  private static final int TRUTH_MASK = 10;

  private ActivationOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("Relu", 1, 1, call -> elementwise(call, new Relu()))
        .add("Sigmoid", 1, 1, call -> elementwise(call, new Sigmoid()))
        .add("Tanh", 1, 1, call -> elementwise(call, new Tanh()))
        .add("LeakyRelu", 1, 1, ActivationOperators::leakyRelu)
        .add("PRelu", 2, 2, ActivationOperators::prelu)
        .add("Elu", 1, 1, call -> elementwise(call, new Elu(call.number("alpha", 1))))
        .add("Softmax", 1, 1, call -> overAxis(call, new Softmax()))
        .add("LogSoftmax", 1, 1, call -> overAxis(call, new LogSoftmax()))
        .add("Dropout", 1, 3, ActivationOperators::dropout);
  }

  private static Outcome elementwise(Call call, Layer layer) {
    call.ignore("consumed_inputs");
    return LayerCall.of(layer).input(0, batched(call, 0)).output(call.dims(0));
  }

  private static Outcome leakyRelu(Call call) {
    float slope = call.number("alpha", 0.01f);
    if (!(slope >= 0)) {
      throw call.unsupported("a slope below 0");
    }
    return elementwise(call, new LeakyRelu(slope));
  }

  /** One slope, one for each channel, or whatever broadcasts to one for each element. */
  private static Outcome prelu(Call call) {
    call.ignore("consumed_inputs");
    int[] dims = call.dims(0);
    Value slopes = call.value(1);
    int[] own = slopes.dims();
    boolean perChannel =
        dims.length >= 2
            && (Arrays.equals(own, new int[] {dims[1]})
                ? call.opset() < NUMPY_BROADCASTING || dims.length == 2
                : isPerChannel(own, dims));
    if (slopes.size() == 1) {
      return LayerCall.of(Prelu.shared())
          .input(0, batched(call, 0))
          .parameter("weight", slopes.tensor(1))
          .output(dims);
    } else if (perChannel) {
      return LayerCall.of(Prelu.of(dims[1]))
          .input(0, call.layerDims(0))
          .parameter("weight", slopes.tensor(dims[1]));
    }
    Value all = slopes.take(dims, Dims.broadcastIndexes(own, dims));
    return LayerCall.of(Prelu.of(all.size()))
        .input(0, 1, all.size())
        .parameter("weight", all.tensor(all.size()))
        .output(dims);
  }

  /** Whether dims are those of the channels, with ones for the axes behind. */
  static boolean isPerChannel(int[] dims, int[] input) {
    int[] wanted = new int[input.length - 1];
    Arrays.fill(wanted, 1);
    wanted[0] = input[1];
    int[] withBatch = input.clone();
    Arrays.fill(withBatch, 1);
    withBatch[1] = input[1];
    return Arrays.equals(dims, wanted) || Arrays.equals(dims, withBatch);
  }

  /** Dims of an input for layers to which every element is alike: at least two, none 0. */
  static int[] batched(Call call, int index) {
    int[] dims = call.dims(index);
    if (dims.length < 2 && call.type(index) == ElementType.FLOAT) {
      int size = Dims.elementCount(dims);
      if (size > 0) {
        return new int[] {1, size};
      }
    }
    return call.layerDims(index);
  }

  /** The layer takes its axis 1, so the axis that is meant is made that one. */
  private static Outcome overAxis(Call call, Layer layer) {
    int[] dims = call.dims(0);
    boolean oneAxis = call.opset() >= ONE_AXIS;
    int axis = Dims.axis(call.integer("axis", oneAxis ? -1 : 1), dims.length);
    int outer = Dims.product(dims, 0, axis);
    int along = oneAxis ? dims[axis] : Dims.product(dims, axis, dims.length);
    int inner = oneAxis ? Dims.product(dims, axis + 1, dims.length) : 1;
    int[] view;
    if (axis == 1 && along == dims[1]) {
      view = batched(call, 0);
    } else {
      batched(call, 0);
      view = inner == 1 ? new int[] {outer, along} : new int[] {outer, along, inner};
    }
    return LayerCall.of(layer).input(0, view).output(dims);
  }

  private static Outcome dropout(Call call) {
    // Whether it is a test pass, older files say wrongly more often than not.
    call.ignore("is_test", "consumed_inputs", "seed");
    float ratio = call.number("ratio", 0.5f);
    if (call.has(1)) {
      ratio = call.value(1).floats()[0];
    }
    boolean training = call.has(2) && call.value(2).integers()[0] != 0;
    if (training && ratio != 0) {
      throw call.unsupported("dropout in training draws numbers that nobody else can repeat");
    }
    LayerCall layer =
        LayerCall.of(new Dropout(ratio >= 0 && ratio < 1 ? ratio : 0))
            .input(0, batched(call, 0))
            .output(call.dims(0));
    if (!call.wants(1)) {
      return layer;
    }
    long[] kept = new long[Dims.elementCount(call.dims(0))];
    Arrays.fill(kept, 1);
    Value mask = Value.ofTruths(call.dims(0), kept);
    return Outcome.of(
        call.execute(layer).get(0), call.opset() >= TRUTH_MASK ? mask : mask.cast(call.type(0)));
  }
}
