package org.convoy.onnx.operator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.BatchNorm1d;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.BatchNorm3d;
import org.convoy.nn.layer.LocalResponseNorm;
import org.convoy.tensor.Tensor;

/** Normalizations. */
final class NormalizationOperators {
  private static final float DEFAULT_EPSILON = 1e-5f;

  private NormalizationOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("BatchNormalization", 5, 5, NormalizationOperators::batch)
        .add("LRN", 1, 1, NormalizationOperators::localResponse);
  }

  private static Outcome batch(Call call) {
    // Files before opset 7 say nothing reliable of whether they train; they are for scoring.
    call.ignore("is_test", "consumed_inputs");
    double epsilon = Double.parseDouble(Float.toString(call.number("epsilon", DEFAULT_EPSILON)));
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
