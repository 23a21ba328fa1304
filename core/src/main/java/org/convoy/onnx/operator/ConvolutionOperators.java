package org.convoy.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.convoy.nn.Initializer;
import org.convoy.nn.Layer;
import org.convoy.nn.init.FanInUniform;
import org.convoy.nn.layer.Conv1d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Conv3d;
import org.convoy.nn.layer.ConvTranspose1d;
import org.convoy.nn.layer.ConvTranspose2d;
import org.convoy.nn.layer.ConvTranspose3d;
import org.convoy.nn.layer.Extent;
import org.convoy.nn.layer.Padding;

/** Convolutions. */
final class ConvolutionOperators {
  private ConvolutionOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("Conv", 2, 3, ConvolutionOperators::convolution)
        .add("ConvTranspose", 2, 3, ConvolutionOperators::transposed);
  }

  private static Outcome convolution(Call call) {
    int[] input = call.layerDims(0);
    int[] weight = call.dims(1);
    if (weight.length != input.length) {
      throw new OnnxGraphException(
          "expected a weight of " + input.length + " axes, got " + Arrays.toString(weight));
    }
    int[] kernel = Arrays.copyOfRange(weight, 2, weight.length);
    WindowAttributes window = WindowAttributes.read(call, kernel);
    if (!window.kernel().equals(Arrays.stream(kernel).boxed().toList())) {
      throw new OnnxGraphException(
          "kernel_shape "
              + window.kernel()
              + " is not that of the weight "
              + Arrays.toString(weight));
    }
    int groups = Dims.exact(call.integer("group", 1));
    LayerCall answer = LayerCall.of(layer(weight[0], window, groups, call.has(2))).input(0, input);
    answer.parameter("weight", call.tensor(1));
    if (call.has(2)) {
      answer.parameter("bias", call.tensor(2));
    }
    return answer;
  }

  static Layer layer(int filters, WindowAttributes window, int groups, boolean bias) {
    Extent kernel = window.kernelExtent();
    Extent stride = window.strideExtent();
    Extent dilation = window.dilationExtent();
    Padding padding = window.padding();
    Initializer initializer = new FanInUniform();
    return switch (window.axes()) {
      case 1 -> new Conv1d(filters, kernel, stride, padding, dilation, groups, bias, initializer);
      case 2 -> new Conv2d(filters, kernel, stride, padding, dilation, groups, bias, initializer);
      default -> new Conv3d(filters, kernel, stride, padding, dilation, groups, bias, initializer);
    };
  }

  private static Outcome transposed(Call call) {
    int[] input = call.layerDims(0);
    int[] weight = call.dims(1);
    if (weight.length != input.length) {
      throw new OnnxGraphException(
          "expected a weight of " + input.length + " axes, got " + Arrays.toString(weight));
    }
    int axes = input.length - 2;
    String auto = call.text("auto_pad", "NOTSET");
    WindowAttributes window =
        WindowAttributes.read(call, Arrays.copyOfRange(weight, 2, weight.length));
    long[] extra = call.integers("output_padding").orElseGet(() -> new long[axes]);
    int[] outputPadding = Arrays.stream(extra).mapToInt(Dims::exact).toArray();
    Optional<long[]> shape = call.integers("output_shape");
    List<Padding.Sides> pads = new ArrayList<>();
    for (int i = 0; i < axes; i++) {
      int size = input[i + 2];
      int stride = window.strides().get(i);
      boolean same = auto.startsWith("SAME");
      if (shape.isEmpty() && !same) {
        pads.add(window.pads().get(i));
        continue;
      }
      long output = shape.isPresent() ? shape.get()[i] : (long) size * stride;
      int extent = window.dilations().get(i) * (window.kernel().get(i) - 1) + 1;
      long total = (long) stride * (size - 1) + outputPadding[i] + extent - output;
      if (total < 0) {
        outputPadding[i] = Math.addExact(outputPadding[i], Dims.exact(-total));
        total = 0;
      }
      int less = Dims.exact(total / 2);
      int more = Dims.exact(total - less);
      boolean upper = auto.equals("SAME_UPPER");
      pads.add(new Padding.Sides(upper ? less : more, upper ? more : less));
    }
    int groups = Dims.exact(call.integer("group", 1));
    Layer layer =
        transposedLayer(
            Math.multiplyExact(weight[1], groups),
            window,
            new Padding.Explicit(pads),
            Padding.of(outputPadding),
            groups,
            call.has(2));
    LayerCall answer = LayerCall.of(layer).input(0, input).parameter("weight", call.tensor(1));
    return call.has(2) ? answer.parameter("bias", call.tensor(2)) : answer;
  }

  private static Layer transposedLayer(
      int filters,
      WindowAttributes window,
      Padding padding,
      Padding extra,
      int groups,
      boolean bias) {
    Extent kernel = window.kernelExtent();
    Extent stride = window.strideExtent();
    Extent dilation = window.dilationExtent();
    Initializer initializer = new FanInUniform();
    return switch (window.axes()) {
      case 1 ->
          new ConvTranspose1d(
              filters, kernel, stride, padding, extra, dilation, groups, bias, initializer);
      case 2 ->
          new ConvTranspose2d(
              filters, kernel, stride, padding, extra, dilation, groups, bias, initializer);
      default ->
          new ConvTranspose3d(
              filters, kernel, stride, padding, extra, dilation, groups, bias, initializer);
    };
  }
}
