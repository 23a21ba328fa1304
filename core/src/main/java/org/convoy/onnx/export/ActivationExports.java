package org.convoy.onnx.export;

import java.util.Arrays;
import java.util.List;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Elu;
import org.convoy.nn.layer.LeakyRelu;
import org.convoy.nn.layer.LogSoftmax;
import org.convoy.nn.layer.Maxout;
import org.convoy.nn.layer.Prelu;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Sigmoid;
import org.convoy.nn.layer.Silu;
import org.convoy.nn.layer.Softmax;
import org.convoy.nn.layer.SpatialDropout;
import org.convoy.nn.layer.Tanh;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.tensor.Shape;

/** Activations. */
final class ActivationExports {
  private static final OnnxAttribute OVER_CHANNELS = OnnxAttribute.of("axis", 1);

  private ActivationExports() {}

  static void addTo(LayerExports.Table table) {
    table
        .add(Relu.class, plain("Relu"))
        .add(Sigmoid.class, plain("Sigmoid"))
        .add(Tanh.class, plain("Tanh"))
        .add(Softmax.class, plain("Softmax", OVER_CHANNELS))
        .add(LogSoftmax.class, plain("LogSoftmax", OVER_CHANNELS))
        .add(
            LeakyRelu.class,
            (layer, node) ->
                node.emit(
                    "LeakyRelu",
                    List.of(node.input()),
                    OnnxAttribute.of("alpha", layer.negativeSlope())))
        .add(
            Elu.class,
            (layer, node) ->
                node.emit("Elu", List.of(node.input()), OnnxAttribute.of("alpha", layer.alpha())))
        .add(Prelu.class, ActivationExports::prelu)
        .add(Silu.class, (layer, node) -> silu(node))
        .add(Maxout.class, ActivationExports::maxout)
        .add(Dropout.class, (layer, node) -> dropout(node, layer.p()))
        .add(SpatialDropout.class, plain("Identity"));
  }

  private static LayerExport<Layer> plain(String operator, OnnxAttribute... attributes) {
    return (layer, node) -> node.emit(operator, List.of(node.input()), attributes);
  }

  /** Slopes stand along the channels: ones follow for the axes behind. */
  private static void prelu(Prelu layer, ExportedNode node) {
    int[] dims = new int[node.inputShape().rank()];
    Arrays.fill(dims, 1);
    dims[0] = layer.numParameters();
    node.emit("PRelu", List.of(node.input(), node.parameter("weight", dims)));
  }

  private static void silu(ExportedNode node) {
    String sigmoid = node.inner("sigmoid", "Sigmoid", List.of(node.input()));
    node.emit("Mul", List.of(node.input(), sigmoid));
  }

  private static void maxout(Maxout layer, ExportedNode node) {
    Shape output = node.outputShape();
    int[] pieces = new int[output.rank() + 1];
    pieces[0] = output.size(0);
    pieces[1] = layer.pieces();
    for (int axis = 1; axis < output.rank(); axis++) {
      pieces[axis + 1] = output.size(axis);
    }
    String split = node.reshaped("pieces", node.input(), pieces);
    node.emit(
        "ReduceMax",
        List.of(split),
        OnnxAttribute.of("axes", new long[] {2}),
        OnnxAttribute.of("keepdims", 0));
  }

  private static void dropout(ExportedNode node, float share) {
    String ratio = node.constant("ratio", new int[0], share);
    node.emit("Dropout", List.of(node.input(), ratio));
  }
}
