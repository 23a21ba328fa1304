package org.convoy.onnx.export;

import java.util.Arrays;
import java.util.List;
import org.convoy.nn.layer.Add;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Embedding;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Pad;
import org.convoy.nn.layer.PadChannels;
import org.convoy.nn.layer.Padding;
import org.convoy.nn.layer.Permute;
import org.convoy.nn.layer.Reshape;
import org.convoy.nn.layer.Scale;
import org.convoy.nn.layer.SelectChannels;
import org.convoy.nn.layer.Upsample;
import org.convoy.onnx.format.ElementType;
import org.convoy.onnx.format.OnnxAttribute;

/** What joins inputs and moves elements. */
final class ShapeExports {
  private ShapeExports() {}

  static void addTo(LayerExports.Table table) {
    table
        .add(
            Flatten.class,
            (layer, node) ->
                node.emit("Flatten", List.of(node.input()), OnnxAttribute.of("axis", 1)))
        .add(
            Add.class,
            (layer, node) -> node.emit(node.inputs().size() == 2 ? "Add" : "Sum", node.inputs()))
        .add(
            Concat.class,
            (layer, node) -> node.emit("Concat", node.inputs(), OnnxAttribute.of("axis", 1)))
        .add(SelectChannels.class, ShapeExports::select)
        .add(PadChannels.class, ShapeExports::padChannels)
        .add(Scale.class, ShapeExports::scale)
        .add(Reshape.class, (layer, node) -> reshape(node))
        .add(Permute.class, ShapeExports::permute)
        .add(Pad.class, ShapeExports::pad)
        .add(Upsample.class, ShapeExports::upsample)
        .add(Embedding.class, (layer, node) -> embedding(node));
  }

  private static void reshape(ExportedNode node) {
    String shape = node.batchAnd("shape", node.outputShape().toArray());
    node.emit("Reshape", List.of(node.input(), shape));
  }

  private static void permute(Permute layer, ExportedNode node) {
    long[] order = new long[layer.dims().size() + 1];
    for (int i = 1; i < order.length; i++) {
      order[i] = layer.dims().get(i - 1) + 1L;
    }
    node.emit("Transpose", List.of(node.input()), OnnxAttribute.of("perm", order));
  }

  private static void pad(Pad layer, ExportedNode node) {
    int rank = node.inputShape().rank() + 1;
    long[] pads = new long[2 * rank];
    for (int axis = 2; axis < rank; axis++) {
      Padding.Sides sides = layer.padding().sides(axis - 2, 0, 0, 1);
      pads[axis] = sides.before();
      pads[axis + rank] = sides.after();
    }
    node.emit(
        "Pad",
        List.of(
            node.input(),
            node.constant("pads", pads),
            node.constant("value", new int[0], layer.value())),
        OnnxAttribute.of("mode", name(layer.mode())));
  }

  private static String name(Pad.Mode mode) {
    return switch (mode) {
      case CONSTANT -> "constant";
      case REFLECT -> "reflect";
      case REPLICATE -> "edge";
    };
  }

  /** The sizes have the batch in front, which only a run knows. */
  private static void upsample(Upsample layer, ExportedNode node) {
    boolean linear = layer.mode() == Upsample.Mode.LINEAR;
    String batch = node.inner("batch", "Shape", List.of(node.input()), OnnxAttribute.of("end", 1));
    long[] sizes = Arrays.stream(node.outputShape().toArray()).asLongStream().toArray();
    String all =
        node.inner(
            "sizes",
            "Concat",
            List.of(batch, node.constant("size", sizes)),
            OnnxAttribute.of("axis", 0));
    String coordinates =
        !linear ? "asymmetric" : layer.alignCorners() ? "align_corners" : "half_pixel";
    node.emit(
        "Resize",
        List.of(node.input(), "", "", all),
        OnnxAttribute.of("mode", linear ? "linear" : "nearest"),
        OnnxAttribute.of("nearest_mode", "floor"),
        OnnxAttribute.of("coordinate_transformation_mode", coordinates));
  }

  private static void embedding(ExportedNode node) {
    String tokens =
        node.inner(
            "tokens",
            "Cast",
            List.of(node.input()),
            OnnxAttribute.of("to", ElementType.INT64.number()));
    node.emit("Gather", List.of(node.parameter("weight"), tokens));
  }

  private static void select(SelectChannels layer, ExportedNode node) {
    long[] channels = layer.channels().stream().mapToLong(Integer::longValue).toArray();
    String chosen = node.constant("channels", channels);
    node.emit("Gather", List.of(node.input(), chosen), OnnxAttribute.of("axis", 1));
  }

  private static void padChannels(PadChannels layer, ExportedNode node) {
    int rank = node.inputShape().rank() + 1;
    long[] pads = new long[2 * rank];
    pads[1] = layer.before();
    pads[rank + 1] = layer.after();
    node.emit("Pad", List.of(node.input(), node.constant("pads", pads)));
  }

  private static void scale(Scale layer, ExportedNode node) {
    String factor = node.constant("factor", new int[0], layer.factor());
    node.emit("Mul", List.of(node.input(), factor));
  }
}
