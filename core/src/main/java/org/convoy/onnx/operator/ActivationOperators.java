package org.convoy.onnx.operator;

import java.util.Arrays;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Sigmoid;
import org.convoy.nn.layer.Softmax;
import org.convoy.nn.layer.Tanh;
import org.convoy.onnx.format.ElementType;

/** Activations, softmax and dropout. */
final class ActivationOperators {
  /** The opset from which a softmax runs over one axis, not over all from it on. */
  private static final int ONE_AXIS = 13;

  /** The opset from which dropout has a mask of truth values. */
  private static final int TRUTH_MASK = 10;

  private ActivationOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("Relu", 1, 1, call -> elementwise(call, new Relu()))
        .add("Sigmoid", 1, 1, call -> elementwise(call, new Sigmoid()))
        .add("Tanh", 1, 1, call -> elementwise(call, new Tanh()))
        .add("Softmax", 1, 1, call -> overAxis(call, new Softmax()))
        .add("Dropout", 1, 3, ActivationOperators::dropout);
  }

  private static Outcome elementwise(Call call, Layer layer) {
    call.ignore("consumed_inputs");
    return LayerCall.of(layer).input(0, batched(call, 0)).output(call.dims(0));
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
