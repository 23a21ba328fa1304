package org.convoy.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.backend.Backends;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Permute;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Silu;
import org.convoy.onnx.OnnxImporter.Choice;
import org.convoy.onnx.OnnxImporter.Imported;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.onnx.format.OnnxGraph;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.onnx.format.OnnxValueInfo;
import org.convoy.onnx.format.OnnxValueInfo.Dim;
import org.convoy.onnx.operator.UnsupportedNodeException;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class OnnxImporterTest {
  private static final double ROUNDING = 1e-6;

  private static Imported read(OnnxModel model) {
    return OnnxImporter.read(model, Choice.NONE, Backends.scalar());
  }

  private static List<Class<?>> layers(Network network) {
    return network.nodes().stream().<Class<?>>map(node -> node.layer().getClass()).toList();
  }

  private static OnnxTensor constant(String name, int... dims) {
    float[] values = new float[Shape.of(dims).elementCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 5 - 2) * 0.5f + 0.25f;
    }
    return OnnxTensor.ofFloats(name, dims, values, 0, values.length);
  }

  @Test
  void nodesBecomeLayersUnderTheNamesOfTheirWeights() {
    Imported imported = read(OnnxSamples.network());

    assertThat(imported.network().nodes())
        .extracting(Network.Node::name)
        .containsExactly("conv", "relu", "flat", "fc");
    assertThat(layers(imported.network()))
        .containsExactly(Conv2d.class, Relu.class, Flatten.class, Linear.class);
    assertThat(imported.network().inputShape()).isEqualTo(Shape.of(2, 3, 4));
    assertThat(imported.difference()).isLessThan(ROUNDING);
    assertThat(imported.notes()).isEmpty();
  }

  @Test
  void additionBehindAConvolutionBecomesItsBias() {
    Imported imported =
        read(
            OnnxSamples.model(
                17,
                List.of(constant("w.weight", 3, 2, 1, 1), constant("b", 3, 1, 1)),
                OnnxSamples.node("Conv", List.of("x", "w.weight"), "conv"),
                OnnxSamples.node("Add", List.of("b", "conv"), "sum"),
                OnnxSamples.node("Relu", List.of("sum"), "y")));

    assertThat(layers(imported.network())).containsExactly(Conv2d.class, Relu.class);
    assertThat(imported.parameters().get("w.bias").toArray())
        .containsExactly(-0.75f, -0.25f, 0.25f);
    assertThat(imported.difference()).isLessThan(ROUNDING);
  }

  @Test
  void additionStaysApartWhereTheConvolutionIsReadTwice() {
    Imported imported =
        read(
            OnnxSamples.model(
                17,
                List.of(constant("w.weight", 3, 2, 1, 1), constant("b", 3, 1, 1)),
                OnnxSamples.node("Conv", List.of("x", "w.weight"), "conv"),
                OnnxSamples.node("Identity", List.of("conv"), "same"),
                OnnxSamples.node("Add", List.of("same", "b"), "sum"),
                OnnxSamples.node("Add", List.of("conv", "sum"), "y")));

    assertThat(imported.network().nodes()).hasSize(3);
    assertThat(imported.difference()).isLessThan(ROUNDING);
  }

  @Test
  void scalingOfChannelsIsAConvolutionOfEachByItself() {
    Imported imported =
        read(
            OnnxSamples.model(
                17,
                List.of(constant("mean", 1, 2, 1, 1), constant("std", 2, 1, 1)),
                OnnxSamples.node("Sub", List.of("x", "mean"), "centered"),
                OnnxSamples.node("Div", List.of("centered", "std"), "y")));

    assertThat(layers(imported.network())).containsExactly(Conv2d.class, Conv2d.class);
    assertThat(imported.difference()).isLessThan(ROUNDING);
  }

  @Test
  void productWithItsSigmoidIsSilu() {
    Imported imported =
        read(
            OnnxSamples.model(
                17,
                List.of(),
                OnnxSamples.node("Sigmoid", List.of("x"), "s"),
                OnnxSamples.node("Mul", List.of("x", "s"), "y")));

    assertThat(layers(imported.network())).containsExactly(Silu.class);
    assertThat(imported.difference()).isLessThan(ROUNDING);
  }

  @Test
  void shapesThatTheGraphComputesAreFolded() {
    Imported imported =
        read(
            OnnxSamples.model(
                11,
                List.of(OnnxTensor.ofLongs("zero", 0), OnnxTensor.ofLongs("rest", -1)),
                OnnxSamples.node(
                    "ReduceMean",
                    List.of("x"),
                    "mean",
                    OnnxAttribute.of("axes", new long[] {2, 3})),
                OnnxSamples.node("Shape", List.of("mean"), "shape"),
                OnnxSamples.node("Gather", List.of("shape", "zero"), "batch"),
                OnnxSamples.node(
                    "Concat", List.of("batch", "rest"), "wanted", OnnxAttribute.of("axis", 0)),
                OnnxSamples.node("Reshape", List.of("mean", "wanted"), "y")));

    assertThat(layers(imported.network())).containsExactly(GlobalAvgPool.class, Flatten.class);
    assertThat(imported.difference()).isLessThan(ROUNDING);
  }

  @Test
  void channelsThatComeLastArePutFirstAndNoted() {
    OnnxModel model =
        OnnxSamples.model(
            17,
            List.of(constant("w.weight", 3, 4, 1, 1)),
            OnnxSamples.node(
                "Transpose",
                List.of("x"),
                "first",
                OnnxAttribute.of("perm", new long[] {0, 3, 1, 2})),
            OnnxSamples.node("Conv", List.of("first", "w.weight"), "y"));

    Imported imported = read(model);

    assertThat(imported.network().inputShape()).isEqualTo(Shape.of(4, 2, 3));
    assertThat(layers(imported.network())).containsExactly(Conv2d.class);
    assertThat(imported.notes())
        .containsExactly("the input has its channels first, where that of the graph has them last");
    assertThat(imported.difference()).isLessThan(ROUNDING);
  }

  @Test
  void otherTranspositionsArePermutations() {
    Imported imported =
        read(
            OnnxSamples.model(
                17,
                List.of(),
                OnnxSamples.node(
                    "Transpose",
                    List.of("x"),
                    "y",
                    OnnxAttribute.of("perm", new long[] {0, 2, 1, 3}))));

    assertThat(layers(imported.network())).containsExactly(Permute.class);
    assertThat(imported.difference()).isZero();
  }

  @Test
  void whatIsNoLayerIsRefusedByItsName() {
    OnnxModel squares =
        OnnxSamples.model(17, List.of(), OnnxSamples.node("Mul", List.of("x", "x"), "squares"));
    OnnxModel mixed =
        OnnxSamples.model(
            17,
            List.of(),
            OnnxSamples.node(
                "Transpose", List.of("x"), "y", OnnxAttribute.of("perm", new long[] {1, 0, 2, 3})));

    assertThatThrownBy(() -> read(squares))
        .isInstanceOf(UnsupportedNodeException.class)
        .hasMessageStartingWith(
            "node 'squares': Mul of opset 17 is not supported: it works on what")
        .hasMessageContaining("no layer of Convoy does that");
    assertThatThrownBy(() -> read(mixed)).hasMessageContaining("node 'y': Transpose of opset 17");
  }

  @Test
  void oneOfSeveralOutputsMustBeChosen() {
    OnnxModel one =
        OnnxSamples.model(
            17,
            List.of(),
            OnnxSamples.node("Relu", List.of("x"), "a"),
            OnnxSamples.node("Einsum", List.of("a"), "b"));
    OnnxGraph graph = one.graph();
    List<OnnxValueInfo> outputs =
        List.of(OnnxValueInfo.ofFloats("b", List.of()), OnnxValueInfo.ofFloats("a", List.of()));
    OnnxModel two = with(one, graph.inputs(), outputs);

    assertThatThrownBy(() -> read(two)).hasMessageContaining("choose one of [b, a]");
    assertThatThrownBy(() -> OnnxImporter.read(two, output("c"), Backends.scalar()))
        .hasMessage("no output 'c'; there are [b, a]");
    assertThat(layers(OnnxImporter.read(two, output("a"), Backends.scalar()).network()))
        .containsExactly(Relu.class);
  }

  @Test
  void shapeThatTheGraphLeavesOpenMustBeGiven() {
    OnnxModel one = OnnxSamples.model(17, List.of(), OnnxSamples.node("Relu", List.of("x"), "y"));
    List<Dim> open = List.of(Dim.symbolic("N"), Dim.of(3), Dim.symbolic("H"), Dim.symbolic("W"));
    OnnxModel any = with(one, List.of(OnnxValueInfo.ofFloats("x", open)), one.graph().outputs());
    Choice given = new Choice(Optional.empty(), Optional.of(Shape.of(3, 5, 7)));

    assertThatThrownBy(() -> read(any)).hasMessageContaining("only [N, 3, H, W]; say the shape");
    assertThat(OnnxImporter.read(any, given, Backends.scalar()).network().outputShape())
        .isEqualTo(Shape.of(3, 5, 7));
  }

  private static Choice output(String name) {
    return new Choice(Optional.of(name), Optional.empty());
  }

  private static OnnxModel with(
      OnnxModel model, List<OnnxValueInfo> inputs, List<OnnxValueInfo> outputs) {
    OnnxGraph graph = model.graph();
    return new OnnxModel(
        8,
        "",
        Map.of("", 17L),
        new OnnxGraph("", graph.nodes(), graph.initializers(), inputs, outputs));
  }
}
