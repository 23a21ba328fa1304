package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.Map;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.AvgPool1d;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.AvgPool3d;
import org.convoy.nn.layer.Extent;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.GlobalMaxPool;
import org.convoy.nn.layer.MaxPool1d;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.MaxPool3d;
import org.convoy.nn.layer.Padding;

/** Pooling over windows and over whole maps. */
final class PoolingOperators {
  private PoolingOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("MaxPool", 1, 1, PoolingOperators::max)
        .add("AveragePool", 1, 1, PoolingOperators::average)
        .add("GlobalAveragePool", 1, 1, call -> global(call, new GlobalAvgPool()))
        .add("GlobalMaxPool", 1, 1, call -> global(call, new GlobalMaxPool()));
  }

  private static Outcome max(Call call) {
    int[] input = call.layerDims(0);
    WindowAttributes window = WindowAttributes.read(call, null);
    boolean ceil = call.integer("ceil_mode", 0) != 0;
    boolean columnMajor = call.integer("storage_order", 0) != 0;
    Layer layer = maxLayer(window, ceil);
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
      return Outcome.of(DilatedAverage.of(call, window, ceil, countPadding));
    }
    return LayerCall.of(averageLayer(window, ceil, countPadding)).input(0, input);
  }

  private static Outcome global(Call call, Layer layer) {
    int[] input = call.layerDims(0);
    return LayerCall.of(layer).input(0, input);
  }

  private static Layer maxLayer(WindowAttributes window, boolean ceil) {
    Extent kernel = window.kernelExtent();
    Extent stride = window.strideExtent();
    Extent dilation = window.dilationExtent();
    Padding padding = window.padding();
    return switch (window.axes()) {
      case 1 -> new MaxPool1d(kernel, stride, padding, dilation, ceil);
      case 2 -> new MaxPool2d(kernel, stride, padding, dilation, ceil);
      default -> new MaxPool3d(kernel, stride, padding, dilation, ceil);
    };
  }

  private static Layer averageLayer(WindowAttributes window, boolean ceil, boolean countPadding) {
    Extent kernel = window.kernelExtent();
    Extent stride = window.strideExtent();
    Padding padding = window.padding();
    return switch (window.axes()) {
      case 1 -> new AvgPool1d(kernel, stride, padding, ceil, countPadding);
      case 2 -> new AvgPool2d(kernel, stride, padding, ceil, countPadding);
      default -> new AvgPool3d(kernel, stride, padding, ceil, countPadding);
    };
  }
}
