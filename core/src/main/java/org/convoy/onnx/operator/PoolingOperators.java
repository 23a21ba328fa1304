package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.Map;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.MaxPool2d;

/** Pooling over windows and over whole maps. */
final class PoolingOperators {
  private PoolingOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("MaxPool", 1, 1, PoolingOperators::max)
        .add("AveragePool", 1, 1, PoolingOperators::average)
        .add("GlobalAveragePool", 1, 1, PoolingOperators::globalAverage)
        .add("GlobalMaxPool", 1, 1, PoolingOperators::globalMax);
  }

  private static Outcome max(Call call) {
    int[] input = call.layerDims(0);
    WindowAttributes window = WindowAttributes.read(call, null);
    boolean ceil = call.integer("ceil_mode", 0) != 0;
    boolean columnMajor = call.integer("storage_order", 0) != 0;
    Layer layer = maxLayer(call, window, ceil);
    if (!call.wants(1)) {
      return LayerCall.of(layer).input(0, input);
    }
    LayerRun run = call.run(layer, Map.of(), call.tensor(0));
    int[] output = run.output().shape().toArray();
    return Outcome.of(
        Value.ofFloats(output, run.output().data()),
        Value.ofLongs(output, winners(run, input, columnMajor)));
  }

  /** From places inside a channel to places in the whole input, as ONNX counts them. */
  private static long[] winners(LayerRun run, int[] input, boolean columnMajor) {
    int maps = input[0] * input[1];
    int perMap = run.output().size() / maps;
    int positions = Dims.product(input, 2, input.length);
    int[] spatial = Arrays.copyOfRange(input, 2, input.length);
    long[] winners = new long[run.output().size()];
    for (int i = 0; i < winners.length; i++) {
      int place = run.ints()[i];
      int inMap = columnMajor ? columnMajor(place, spatial) : place;
      winners[i] = (long) (i / perMap) * positions + inMap;
    }
    return winners;
  }

  private static int columnMajor(int place, int[] sizes) {
    int result = 0;
    int rest = place;
    int[] position = new int[sizes.length];
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      position[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      result = result * sizes[axis] + position[axis];
    }
    return result;
  }

  private static Outcome average(Call call) {
    int[] input = call.layerDims(0);
    WindowAttributes window = WindowAttributes.read(call, null);
    boolean ceil = call.integer("ceil_mode", 0) != 0;
    boolean countPadding = call.integer("count_include_pad", 0) != 0;
    if (window.isDilated()) {
      throw call.unsupported("dilations");
    }
    return LayerCall.of(averageLayer(call, window, ceil, countPadding)).input(0, input);
  }

  private static Outcome globalAverage(Call call) {
    int[] input = call.layerDims(0);
    return LayerCall.of(wholeAverage(call, input)).input(0, input);
  }

  private static Outcome globalMax(Call call) {
    int[] input = call.layerDims(0);
    int[] spatial = Arrays.copyOfRange(input, 2, input.length);
    return switch (spatial.length) {
      case 2 -> LayerCall.of(MaxPool2d.of(spatial)).input(0, input);
      default -> throw call.unsupported(spatial.length + " spatial axes");
    };
  }

  /** The mean of each map of an input of these dims. */
  static Layer wholeAverage(Call call, int[] input) {
    int[] spatial = Arrays.copyOfRange(input, 2, input.length);
    return switch (spatial.length) {
      case 2 -> AvgPool2d.of(spatial);
      default -> throw call.unsupported(spatial.length + " spatial axes");
    };
  }

  private static Layer maxLayer(Call call, WindowAttributes window, boolean ceil) {
    return switch (window.axes()) {
      case 2 ->
          new MaxPool2d(
              window.kernelExtent(),
              window.strideExtent(),
              window.padding(),
              window.dilationExtent(),
              ceil);
      default -> throw call.unsupported(window.axes() + " spatial axes");
    };
  }

  private static Layer averageLayer(
      Call call, WindowAttributes window, boolean ceil, boolean countPadding) {
    return switch (window.axes()) {
      case 2 ->
          new AvgPool2d(
              window.kernelExtent(), window.strideExtent(), window.padding(), ceil, countPadding);
      default -> throw call.unsupported(window.axes() + " spatial axes");
    };
  }
}
