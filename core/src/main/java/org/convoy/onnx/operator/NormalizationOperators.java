package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.BatchNorm1d;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.BatchNorm3d;
import org.convoy.nn.layer.GroupNorm;
import org.convoy.nn.layer.LayerNorm;
import org.convoy.nn.layer.LocalResponseNorm;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** Normalizations. */
final class NormalizationOperators {
  private static final float DEFAULT_EPSILON = 1e-5f;

  private NormalizationOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("BatchNormalization", 5, 5, NormalizationOperators::batch)
        .add("InstanceNormalization", 3, 3, NormalizationOperators::instance)
        .add("GroupNormalization", 3, 3, NormalizationOperators::group)
        .add("LayerNormalization", 2, 3, NormalizationOperators::layer)
        .add("LRN", 1, 1, NormalizationOperators::localResponse);
  }

  private static Outcome batch(Call call) {
    // Files before opset 7 say nothing reliable of whether they train; they are for scoring.
    call.ignore("is_test", "consumed_inputs");
    double epsilon = epsilon(call);
    float momentum = call.number("momentum", 0.9f);
    boolean training = call.integer("training_mode", 0) != 0;
    if (call.integer("spatial", 1) == 0) {
      throw call.unsupported("statistics for every position (spatial = 0)");
    }
    int[] input = call.layerDims(0);
    Layer layer = batchLayer(call, epsilon, ours(momentum));
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("weight", call.tensor(1));
    parameters.put("bias", call.tensor(2));
    parameters.put("running_mean", call.tensor(3));
    parameters.put("running_var", call.tensor(4));
    if (training) {
      LayerRun run = call.learn(layer, parameters, call.tensor(0));
      return Outcome.of(
          Value.of(run.output()),
          moved(call.value(3), run.floats(), 0, momentum),
          moved(call.value(4), run.floats(), input[1], momentum));
    }
    LayerCall answer = LayerCall.of(layer).input(0, input);
    parameters.forEach(answer::parameter);
    return answer;
  }

  private static Layer batchLayer(Call call, double epsilon, double momentum) {
    return switch (call.rank(0)) {
      case 2, 3 -> new BatchNorm1d(epsilon, momentum, true, false);
      case 4 -> new BatchNorm2d(epsilon, momentum, true, false);
      case 5 -> new BatchNorm3d(epsilon, momentum, true, false);
      default -> throw call.unsupported("there are layers for up to three spatial axes");
    };
  }

  /** ONNX states the share that stays, PyTorch and Convoy the one that is new. */
  private static double ours(float stays) {
    double share = 1 - Double.parseDouble(Float.toString(stays));
    return share > 0 && share <= 1 ? Math.round(share * 1e7) / 1e7 : 0.1;
  }

  /** ONNX's running statistics take the biased variance. */
  private static Value moved(Value running, Tensor seen, int first, float stays) {
    double[] values = new double[running.size()];
    for (int i = 0; i < values.length; i++) {
      double now = seen.data()[seen.offset() + first + i];
      values[i] = running.number(i) * stays + now * (1 - stays);
    }
    return running.withDoubles(running.dims(), values);
  }

  /** The decimal number that was meant. */
  private static double epsilon(Call call) {
    return Double.parseDouble(Float.toString(call.number("epsilon", DEFAULT_EPSILON)));
  }

  private static Outcome instance(Call call) {
    call.ignore("consumed_inputs");
    int[] input = call.layerDims(0);
    return LayerCall.of(new GroupNorm(input[1], epsilon(call), true))
        .input(0, input)
        .parameter("weight", call.tensor(1))
        .parameter("bias", call.tensor(2));
  }

  private static Outcome group(Call call) {
    int[] input = call.layerDims(0);
    int groups = Dims.exact(call.integer("num_groups", 0));
    if (call.integer("stash_type", 1) != 1) {
      throw call.unsupported("statistics in another type than floats of 32 bits");
    }
    return LayerCall.of(new GroupNorm(groups, epsilon(call), true))
        .input(0, input)
        .parameter("weight", perChannel(call.value(1), input[1]))
        .parameter("bias", perChannel(call.value(2), input[1]));
  }

  /** Before opset 21 there is one number for each group. */
  private static Tensor perChannel(Value numbers, int channels) {
    float[] all = new float[channels];
    for (int c = 0; c < channels; c++) {
      all[c] = numbers.floats()[(int) ((long) c * numbers.size() / channels)];
    }
    return Value.ofFloats(new int[] {channels}, all).tensor(channels);
  }

  private static Outcome layer(Call call) {
    int[] input = call.layerDims(0);
    int axis = Dims.axis(call.integer("axis", -1), input.length);
    if (call.integer("stash_type", 1) != 1) {
      throw call.unsupported("statistics in another type than floats of 32 bits");
    }
    List<Integer> normalized = Arrays.stream(input).skip(axis).boxed().toList();
    int[] view =
        axis > 0 ? input : IntStream.concat(IntStream.of(1), Arrays.stream(input)).toArray();
    int[] sizes = normalized.stream().mapToInt(size -> size).toArray();
    Value weight = call.value(1);
    Value whole = weight.take(sizes, Dims.broadcastIndexes(weight.dims(), sizes));
    Tensor bias = Tensor.zeros(Shape.of(sizes));
    if (call.has(2)) {
      Value given = call.value(2);
      bias = given.take(sizes, Dims.broadcastIndexes(given.dims(), sizes)).tensor(sizes);
    }
    return LayerCall.of(new LayerNorm(normalized, epsilon(call), true))
        .input(0, view)
        .parameter("weight", whole.tensor(sizes))
        .parameter("bias", bias)
        .output(input);
  }

  private static Outcome localResponse(Call call) {
    int size = Dims.exact(call.integer("size", 0));
    float alpha = call.number("alpha", 1e-4f);
    float beta = call.number("beta", 0.75f);
    float bias = call.number("bias", 1);
    if (size % 2 == 0) {
      throw call.unsupported("an even size lies otherwise about its channel");
    }
    return LayerCall.of(new LocalResponseNorm(size, alpha, beta, bias)).input(0, call.layerDims(0));
  }
}
