package org.convoy.onnx.export;

import java.util.Arrays;
import java.util.List;
import org.convoy.nn.layer.BatchNorm1d;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.BatchNorm3d;
import org.convoy.nn.layer.GroupNorm;
import org.convoy.nn.layer.LayerNorm;
import org.convoy.nn.layer.LocalResponseNorm;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.tensor.Shape;

/** Normalizations, as in scoring. */
final class NormalizationExports {
  private NormalizationExports() {}

  static void addTo(LayerExports.Table table) {
    table
        .add(
            BatchNorm1d.class,
            (l, node) -> batch(node, l.eps(), l.momentum(), l.affine() && l.scale(), l.affine()))
        .add(
            BatchNorm2d.class,
            (l, node) -> batch(node, l.eps(), l.momentum(), l.affine() && l.scale(), l.affine()))
        .add(
            BatchNorm3d.class,
            (l, node) -> batch(node, l.eps(), l.momentum(), l.affine() && l.scale(), l.affine()))
        .add(LocalResponseNorm.class, NormalizationExports::localResponse)
        .add(GroupNorm.class, NormalizationExports::group)
        .add(LayerNorm.class, NormalizationExports::layer);
  }

  /** The opset has no group normalization: groups are instances with one channel, scaled behind. */
  private static void group(GroupNorm layer, ExportedNode node) {
    Shape input = node.inputShape();
    int groups = layer.numGroups();
    String grouped = node.reshaped("groups", node.input(), groups, input.elementCount() / groups);
    String normalized =
        node.inner(
            "normalized",
            "InstanceNormalization",
            List.of(grouped, node.filled("ones", groups, 1), node.filled("zeros", groups, 0)),
            OnnxAttribute.of("epsilon", (float) layer.eps()));
    if (!layer.affine()) {
      node.emit("Reshape", List.of(normalized, node.batchAnd("channels", input.toArray())));
      return;
    }
    String channels = node.reshaped("channels", normalized, input.toArray());
    int[] along = new int[input.rank()];
    Arrays.fill(along, 1);
    along[0] = input.size(0);
    String scaled = node.inner("scaled", "Mul", List.of(channels, node.parameter("weight", along)));
    node.emit("Add", List.of(scaled, node.parameter("bias", along)));
  }

  private static void layer(LayerNorm layer, ExportedNode node) {
    int[] sizes = layer.normalizedShape().stream().mapToInt(size -> size).toArray();
    float[] ones = new float[Shape.of(sizes).elementCount()];
    Arrays.fill(ones, 1);
    OnnxAttribute axis = OnnxAttribute.of("axis", -sizes.length);
    OnnxAttribute epsilon = OnnxAttribute.of("epsilon", (float) layer.eps());
    List<String> inputs =
        layer.elementwiseAffine()
            ? List.of(node.input(), node.parameter("weight"), node.parameter("bias"))
            : List.of(node.input(), node.constant("ones", sizes, ones));
    node.emit("LayerNormalization", inputs, axis, epsilon);
  }

  private static void batch(
      ExportedNode node, double eps, double momentum, boolean weight, boolean bias) {
    int channels = node.inputShape().size(0);
    node.emit(
        "BatchNormalization",
        List.of(
            node.input(),
            weight ? node.parameter("weight") : node.filled("ones", channels, 1),
            bias ? node.parameter("bias") : node.filled("zeros", channels, 0),
            node.parameter("running_mean"),
            node.parameter("running_var")),
        OnnxAttribute.of("epsilon", (float) eps),
        OnnxAttribute.of("momentum", (float) (1 - momentum)));
  }

  /**
   * ONNX's windows of an even number of channels lie one channel further: those are written out.
   */
  private static void localResponse(LocalResponseNorm layer, ExportedNode node) {
    if (layer.size() % 2 == 1) {
      odd(layer, node);
    } else {
      even(layer, node);
    }
  }

  /** Runtimes take two spatial axes alone. */
  private static void odd(LocalResponseNorm layer, ExportedNode node) {
    OnnxAttribute[] attributes = {
      OnnxAttribute.of("size", layer.size()),
      OnnxAttribute.of("alpha", layer.alpha()),
      OnnxAttribute.of("beta", layer.beta()),
      OnnxAttribute.of("bias", layer.k())
    };
    Shape input = node.inputShape();
    if (input.rank() == 3) {
      node.emit("LRN", List.of(node.input()), attributes);
      return;
    }
    int positions = input.elementCount() / input.size(0);
    String planes = node.reshaped("planes", node.input(), input.size(0), positions, 1);
    String normalized = node.inner("normalized", "LRN", List.of(planes), attributes);
    node.emit("Reshape", List.of(normalized, node.batchAnd("channels", input.toArray())));
  }

  private static void even(LocalResponseNorm layer, ExportedNode node) {
    Shape input = node.inputShape();
    int positions = input.elementCount() / input.size(0);
    String squares = node.inner("squares", "Mul", List.of(node.input(), node.input()));
    String planes = node.reshaped("planes", squares, 1, input.size(0), positions);
    String means =
        node.inner(
            "means",
            "AveragePool",
            List.of(planes),
            OnnxAttribute.of("kernel_shape", new long[] {layer.size(), 1}),
            OnnxAttribute.of("pads", new long[] {layer.size() / 2, 0, (layer.size() - 1) / 2, 0}),
            OnnxAttribute.of("count_include_pad", 1));
    String back = node.reshaped("channels", means, input.toArray());
    String alpha = node.constant("alpha", new int[0], layer.alpha());
    String k = node.constant("k", new int[0], layer.k());
    String beta = node.constant("beta", new int[0], layer.beta());
    String scaled = node.inner("scaled", "Mul", List.of(back, alpha));
    String sum = node.inner("sum", "Add", List.of(scaled, k));
    String divisor = node.inner("divisor", "Pow", List.of(sum, beta));
    node.emit("Div", List.of(node.input(), divisor));
  }
}
