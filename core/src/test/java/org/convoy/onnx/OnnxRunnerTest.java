package org.convoy.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.convoy.backend.Backends;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxNode;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.onnx.operator.OnnxGraphException;
import org.convoy.onnx.operator.UnsupportedNodeException;
import org.convoy.onnx.operator.Value;
import org.junit.jupiter.api.Test;

class OnnxRunnerTest {
  private static final Value INPUT = Value.ofFloats(new int[] {1, 2, 1, 2}, 1, -2, 3, -4);

  private static List<Value> run(OnnxModel model, Value... inputs) {
    return new OnnxRunner(model, Backends.scalar()).run(List.of(inputs));
  }

  @Test
  void nodesAreComputedInTheirOrder() {
    OnnxModel model =
        OnnxSamples.model(
            17,
            List.of(OnnxTensor.ofFloats("two", new int[] {1}, new float[] {2}, 0, 1)),
            OnnxSamples.node("Relu", List.of("x"), "a"),
            OnnxSamples.node("Mul", List.of("a", "two"), "b"));

    assertThat(run(model, INPUT).get(0).floats()).containsExactly(2, 0, 6, 0);
  }

  @Test
  void sampleNetworkGivesAnOutputForEachExample() {
    Value two = Value.ofFloats(new int[] {2, 2, 3, 4}, new float[48]);

    Value output = run(OnnxSamples.network(), two).get(0);

    assertThat(output.dims()).containsExactly(2, 5);
    assertThat(output.floats()).containsExactly(1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
  }

  @Test
  void whatIsNotSupportedNamesOperatorNodeAndOpset() {
    OnnxModel model =
        OnnxSamples.model(17, List.of(), OnnxSamples.node("Einsum", List.of("x"), "product"));

    assertThatThrownBy(() -> run(model, INPUT))
        .isInstanceOf(UnsupportedNodeException.class)
        .hasMessage(
            "node 'product': Einsum of opset 17 is not supported:"
                + " no layer or function computes it");
  }

  @Test
  void attributeThatNobodyKnowsIsRefused() {
    OnnxModel model =
        OnnxSamples.model(
            17,
            List.of(),
            OnnxSamples.node("Relu", List.of("x"), "y", OnnxAttribute.of("ceiling", 6)));

    assertThatThrownBy(() -> run(model, INPUT))
        .isInstanceOf(UnsupportedNodeException.class)
        .hasMessageContaining("attribute ceiling is not known");
  }

  @Test
  void outputThatNobodyKnowsIsRefusedWhereItIsRead() {
    OnnxNode relu = new OnnxNode("relu", "Relu", "", List.of("x"), List.of("y", "mask"), List.of());
    OnnxNode reader = OnnxSamples.node("Tanh", List.of("mask"), "z");
    OnnxNode other = OnnxSamples.node("Tanh", List.of("y"), "z");

    assertThatThrownBy(() -> run(OnnxSamples.model(17, List.of(), relu, reader), INPUT))
        .isInstanceOf(UnsupportedNodeException.class)
        .hasMessageContaining("its output 1 (mask)");
    assertThat(run(OnnxSamples.model(17, List.of(), relu, other), INPUT)).hasSize(1);
  }

  @Test
  void newerOpsetsAndOtherDomainsAreRefused() {
    OnnxModel newer = OnnxSamples.model(99, List.of(), OnnxSamples.node("Relu", List.of("x"), "y"));
    OnnxNode foreign =
        new OnnxNode("n", "Relu", "com.microsoft", List.of("x"), List.of("y"), List.of());

    assertThatThrownBy(() -> run(newer, INPUT)).hasMessageContaining("known up to opset 22");
    assertThatThrownBy(() -> run(OnnxSamples.model(17, List.of(), foreign), INPUT))
        .hasMessageContaining("com.microsoft.Relu of opset 1 is not supported");
  }

  @Test
  void graphThatContradictsItselfIsRefused() {
    OnnxModel cycle = OnnxSamples.model(17, List.of(), OnnxSamples.node("Relu", List.of("y"), "y"));
    OnnxModel twice =
        OnnxSamples.model(
            17,
            List.of(),
            OnnxSamples.node("Relu", List.of("x"), "y"),
            OnnxSamples.node("Tanh", List.of("x"), "y"));
    OnnxModel few = OnnxSamples.model(17, List.of(), OnnxSamples.node("Add", List.of("x"), "y"));

    assertThatThrownBy(() -> run(cycle, INPUT)).hasMessageContaining("'y' is read before");
    assertThatThrownBy(() -> run(twice, INPUT)).hasMessageContaining("'y' is there already");
    assertThatThrownBy(() -> run(few, INPUT))
        .isInstanceOf(OnnxGraphException.class)
        .hasMessage("node 'y' (Add): expected 2 to 2 inputs, got 1");
    assertThatThrownBy(() -> run(few)).hasMessage("expected 1 inputs [x], got 0");
  }

  @Test
  void layersMessageNamesTheNode() {
    OnnxModel model =
        OnnxSamples.model(
            17,
            List.of(),
            OnnxSamples.node(
                "MaxPool",
                List.of("x"),
                "pool",
                OnnxAttribute.of("kernel_shape", new long[] {3, 3})));

    assertThatThrownBy(() -> run(model, INPUT))
        .isInstanceOf(OnnxGraphException.class)
        .hasMessageStartingWith("node 'pool' (MaxPool): kernel 3x3 needs a padded input");
  }

  @Test
  void smallFileCannotAskForAllMemory() {
    OnnxModel model =
        OnnxSamples.model(
            17,
            List.of(OnnxTensor.ofLongs("size", 1L << 20, 1L << 20)),
            OnnxSamples.node("ConstantOfShape", List.of("size"), "y"));

    assertThatThrownBy(() -> run(model, INPUT))
        .isInstanceOf(OnnxGraphException.class)
        .hasMessageContaining("has more than the 134,217,728 elements");
  }

  @Test
  void olderFilesBroadcastByAnAxis() {
    OnnxModel model =
        OnnxSamples.model(
            6,
            List.of(OnnxTensor.ofFloats("b", new int[] {2}, new float[] {10, 20}, 0, 2)),
            OnnxSamples.node(
                "Add",
                List.of("x", "b"),
                "y",
                OnnxAttribute.of("broadcast", 1),
                OnnxAttribute.of("axis", 1)));

    assertThat(run(model, INPUT).get(0).floats()).containsExactly(11, 8, 23, 16);
  }
}
