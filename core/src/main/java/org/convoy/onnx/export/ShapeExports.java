package org.convoy.onnx.export;

import java.util.List;
import org.convoy.nn.layer.Add;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.PadChannels;
import org.convoy.nn.layer.Scale;
import org.convoy.nn.layer.SelectChannels;
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
        .add(Scale.class, ShapeExports::scale);
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
