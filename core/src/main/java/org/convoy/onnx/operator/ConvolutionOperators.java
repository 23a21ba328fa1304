package org.convoy.onnx.operator;

import java.util.Arrays;
import org.convoy.nn.Initializer;
import org.convoy.nn.Layer;
import org.convoy.nn.init.FanInUniform;
import org.convoy.nn.layer.Conv1d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Conv3d;
import org.convoy.nn.layer.Extent;
import org.convoy.nn.layer.Padding;

/** Convolutions. */
final class ConvolutionOperators {
  private ConvolutionOperators() {}

  static OperatorTable table() {
    return new OperatorTable().add("Conv", 2, 3, ConvolutionOperators::convolution);
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
}
