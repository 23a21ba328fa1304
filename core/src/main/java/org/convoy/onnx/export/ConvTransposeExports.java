package org.convoy.onnx.export;

import java.util.Arrays;
import org.convoy.nn.layer.ConvTranspose1d;
import org.convoy.nn.layer.ConvTranspose2d;
import org.convoy.nn.layer.ConvTranspose3d;
import org.convoy.nn.layer.ConvTransposeLayer;
import org.convoy.nn.layer.Padding;
import org.convoy.onnx.format.OnnxAttribute;

/** Transposed convolutions. */
final class ConvTransposeExports {
  private ConvTransposeExports() {}

  static void addTo(LayerExports.Table table) {
    table
        .add(ConvTranspose1d.class, ConvTransposeExports::transposed)
        .add(ConvTranspose2d.class, ConvTransposeExports::transposed)
        .add(ConvTranspose3d.class, ConvTransposeExports::transposed);
  }

  private static void transposed(ConvTransposeLayer layer, ExportedNode node) {
    OnnxAttribute[] attributes =
        WindowExport.attributes(
            node.inputShape(),
            layer.kernelSize(),
            layer.stride(),
            layer.dilation(),
            layer.padding(),
            OnnxAttribute.of("group", layer.groups()),
            extra(node, layer.outputPadding()));
    node.emit("ConvTranspose", ConvolutionExports.withBias(node, layer.bias()), attributes);
  }

  private static OnnxAttribute extra(ExportedNode node, Padding outputPadding) {
    long[] sizes = new long[node.inputShape().rank() - 1];
    Arrays.setAll(sizes, axis -> outputPadding.sides(axis, 0, 0, 1).after());
    return OnnxAttribute.of("output_padding", sizes);
  }
}
