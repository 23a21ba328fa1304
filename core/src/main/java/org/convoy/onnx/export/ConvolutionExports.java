package org.convoy.onnx.export;

import java.util.List;
import org.convoy.nn.layer.Conv1d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Conv3d;
import org.convoy.nn.layer.ConvolutionLayer;
import org.convoy.nn.layer.Linear;
import org.convoy.onnx.format.OnnxAttribute;

/** Convolutions and products. */
final class ConvolutionExports {
  private ConvolutionExports() {}

  static void addTo(LayerExports.Table table) {
    table
        .add(Conv1d.class, ConvolutionExports::convolution)
        .add(Conv2d.class, ConvolutionExports::convolution)
        .add(Conv3d.class, ConvolutionExports::convolution)
        .add(Linear.class, ConvolutionExports::linear);
  }

  private static void convolution(ConvolutionLayer layer, ExportedNode node) {
    OnnxAttribute[] attributes =
        WindowExport.attributes(
            node.inputShape(),
            layer.kernelSize(),
            layer.stride(),
            layer.dilation(),
            layer.padding(),
            OnnxAttribute.of("group", layer.groups()));
    node.emit("Conv", withBias(node, layer.bias()), attributes);
  }

  private static void linear(Linear layer, ExportedNode node) {
    node.emit("Gemm", withBias(node, layer.bias()), OnnxAttribute.of("transB", 1));
  }

  /** The input, the weight, and the bias if there is one. */
  static List<String> withBias(ExportedNode node, boolean bias) {
    String weight = node.parameter("weight");
    return bias
        ? List.of(node.input(), weight, node.parameter("bias"))
        : List.of(node.input(), weight);
  }
}
