package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.convoy.backend.Backends;
import org.convoy.nn.Execution;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Layers that move, spread, pick and normalize elements, worked by hand on small inputs. */
@Tag("backend")
class LayersByHandTest {
  private static final float[] NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  /** Each input element puts the kernel, times itself; neighbours overlap by one. */
  @Test
  void transposedConvolutionSpreadsTheKernel() {
    ConvTranspose2d layer = ConvTranspose2d.of(1, 3).stride(2);
    float[] kernel = {1, 1, 1, 1, 1, 1, 1, 1, 1, 100};
    assertThat(run(layer, "1x2x2", new float[] {1, 2, 3, 4}, kernel))
        .containsExactly(
            101, 101, 103, 102, 102, //
            101, 101, 103, 102, 102, //
            104, 104, 110, 106, 106, //
            103, 103, 107, 104, 104, //
            103, 103, 107, 104, 104);
    assertThat(run(layer.padding(1), "1x2x2", new float[] {1, 2, 3, 4}, kernel))
        .containsExactly(101, 103, 102, 104, 110, 106, 103, 107, 104);
    assertThat(layer.padding(1).outputPadding(1).outputShape(Shape.of(1, 2, 2)))
        .isEqualTo(Shape.of(1, 4, 4));
  }

  @Test
  void transposedConvolutionIsShapedAsInPyTorch() {
    ConvTranspose2d layer = ConvTranspose2d.of(6, 4).stride(2).padding(1).groups(2);
    assertThat(layer.outputShape(Shape.of(4, 7, 9))).isEqualTo(Shape.of(6, 14, 18));
    assertThat(layer.parameters(Shape.of(4, 7, 9)).get(0).shape()).isEqualTo(Shape.of(4, 3, 4, 4));
    assertThatThrownBy(() -> ConvTranspose2d.of(1, 3).stride(2).outputPadding(2))
        .hasMessageContaining("outputPadding must be one number below the stride for each axis");
    assertThatThrownBy(() -> ConvTranspose1d.of(1, 1).padding(1).outputShape(Shape.of(1, 2)))
        .hasMessageContaining("takes all of the output on spatial axis 0 (input 1x2); pad less");
  }

  @Test
  void paddingIsConstantMirroredOrRepeated() {
    assertThat(run(Pad.zeros(1, 0), "1x1x3", new float[] {1, 2, 3}))
        .containsExactly(0, 0, 0, 1, 2, 3, 0, 0, 0);
    Pad reflect = Pad.zeros(1).mode(Pad.Mode.REFLECT);
    assertThat(run(reflect, "1x3x3", NINE))
        .containsExactly(
            5, 4, 5, 6, 5, //
            2, 1, 2, 3, 2, //
            5, 4, 5, 6, 5, //
            8, 7, 8, 9, 8, //
            5, 4, 5, 6, 5);
    assertThat(run(Pad.zeros(2).mode(Pad.Mode.REPLICATE), "1x2", new float[] {1, 2}))
        .containsExactly(1, 1, 1, 2, 2, 2);
    assertThatThrownBy(() -> Pad.zeros(3).mode(Pad.Mode.REFLECT).outputShape(Shape.of(1, 3, 3)))
        .hasMessage("reflected padding must be below the size, got 3 on spatial axis 0 of 1x3x3");
    assertThatThrownBy(() -> Pad.zeros(1, 2).outputShape(Shape.of(1, 3)))
        .hasMessage("padding has 2 entries, but the input 1x3 has 1 spatial axes");
  }

  @Test
  void upsamplingRepeatsOrInterpolates() {
    float[] two = {1, 3};
    assertThat(run(Upsample.by(Upsample.Mode.NEAREST, 2), "1x2", two)).containsExactly(1, 1, 3, 3);
    assertThat(run(Upsample.by(Upsample.Mode.LINEAR, 2), "1x2", two))
        .containsExactly(1, 1.5f, 2.5f, 3);
    assertThat(run(Upsample.to(Upsample.Mode.LINEAR, 5).aligned(), "1x2", two))
        .containsExactly(1, 1.5f, 2, 2.5f, 3);
    assertThat(
            run(Upsample.to(Upsample.Mode.LINEAR, 3).aligned(), "1x2x2", new float[] {0, 2, 4, 6}))
        .containsExactly(0, 1, 2, 2, 3, 4, 4, 5, 6);
    assertThatThrownBy(() -> new Upsample(null, null, Upsample.Mode.NEAREST, false))
        .hasMessage("give one of size and scaleFactor, and not both");
  }

  @Test
  void axesAreExchangedAndShapesChanged() {
    assertThat(run(Permute.of(1, 0), "2x3", new float[] {1, 2, 3, 4, 5, 6}))
        .containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(Reshape.of(2, -1).outputShape(Shape.of(4, 3))).isEqualTo(Shape.of(2, 6));
    assertThatThrownBy(() -> Reshape.of(5, -1).outputShape(Shape.of(4, 3)))
        .hasMessage("cannot bring the 12 elements of 4x3 to the shape [5, -1]");
    assertThatThrownBy(() -> Reshape.of(2, 3).outputShape(Shape.of(4, 3)))
        .hasMessage("cannot bring the 12 elements of 4x3 to the shape [2, 3]");
    assertThatThrownBy(() -> Permute.of(0, 0)).hasMessageContaining("every axis once");
  }

  @Test
  void embeddingPicksRows() {
    Embedding layer = Embedding.of(3, 2);
    float[] rows = {1, 2, 3, 4, 5, 6};
    assertThat(run(layer, "3", new float[] {2, 0, 2}, rows)).containsExactly(5, 6, 1, 2, 5, 6);
    for (float wrong : new float[] {3, -1, 0.5f, Float.NaN}) {
      assertThatThrownBy(() -> run(layer, "3", new float[] {2, wrong, 2}, rows))
          .hasMessage(
              "expected token numbers in 0..2, got "
                  + wrong
                  + " in example 0 of the batch at position 1");
    }
  }

  @Test
  void theRowOfAPaddingTokenIsZeroAndStaysSo() {
    Network network =
        Network.builder(Shape.of(3)).add("layer", Embedding.of(3, 2).paddingIdx(1)).build();
    Parameters parameters = network.initialize(5);
    Execution execution = Execution.forTraining(network, Backends.best(), 1);
    execution.input(1).copyFrom(Tensor.of(Shape.of(1, 3), 2, 1, 2));
    execution.forward(1, parameters, new long[1]);
    execution.outputGradient(1).fill(1);
    float[] gradient = new float[6];
    execution.backward(gradient);
    assertThat(parameters.values()[2]).isZero();
    assertThat(parameters.values()[3]).isZero();
    assertThat(gradient).containsExactly(0, 0, 0, 0, 2, 2);
  }

  /** Windows 0..2, 1..4 … of 3 of 5: floor(i 5 / 3) to ceil((i + 1) 5 / 3). */
  @Test
  void adaptiveWindowsOverlapWhereTheSizesDoNotDivide() {
    assertThat(run(AdaptiveAvgPool1d.of(3), "1x5", new float[] {1, 2, 3, 4, 8}))
        .containsExactly(1.5f, 3, 6);
    assertThat(run(new GlobalAvgPool(), "1x3x3", NINE)).containsExactly(5);
    assertThat(run(new GlobalMaxPool(), "1x3x3", NINE)).containsExactly(9);
  }

  /** Denominators: 1 + (1 + 4) / 2, of the last channel 1 + (4 + 9) / 2 with all channels in it. */
  @Test
  void localResponseDividesByTheSizeAtTheEdgesToo() {
    LocalResponseNorm layer = new LocalResponseNorm(2, 1, 1, 1);
    assertThat(run(layer, "3x1x1", new float[] {1, 2, 3}))
        .containsExactly(
            new float[] {1 / 1.5f, 2 / (1 + 5 / 2f), 3 / (1 + 13 / 2f)}, within(1e-6f));
  }

  @Test
  void maxoutTakesNeighbouringChannels() {
    assertThat(run(new Maxout(2), "4x1x2", new float[] {1, 5, 3, 4, 7, 0, 7, 1}))
        .containsExactly(3, 5, 7, 1);
    assertThatThrownBy(() -> new Maxout(3).outputShape(Shape.of(4, 2)))
        .hasMessage("expected a number of channels that 3 pieces divide, got 4 (input 4x2)");
  }

  /** Rows 1, 2, 3 and 4, 6, 8 with variances 2/3 and 8/3. */
  @Test
  void layersAndGroupsAreNormalizedByThemselves() {
    float[] values = {1, 2, 3, 4, 6, 8};
    float unit = (float) Math.sqrt(1.5);
    float[] expected = {-unit, 0, unit, -unit, 0, unit};
    LayerNorm layer = new LayerNorm(List.of(3), 1e-12, false);
    assertThat(run(layer, "2x3", values)).containsExactly(expected, within(1e-6f));
    GroupNorm group = new GroupNorm(2, 1e-12, false);
    assertThat(run(group, "2x3", values)).containsExactly(expected, within(1e-6f));
    assertThatThrownBy(() -> LayerNorm.of(4).outputShape(Shape.of(2, 3)))
        .hasMessage("expected an input whose last sizes are [4], got 2x3");
  }

  private static float[] run(Layer layer, String shape, float[] input, float... parameters) {
    Network network = Network.builder(Shape.parse(shape)).add("layer", layer).build();
    Execution execution = Execution.forInference(network, Backends.best(), 1);
    execution.input(1).copyFrom(Tensor.of(Shape.of(input.length), input));
    return execution.forward(1, new Parameters(network.layout(), parameters)).toArray();
  }
}
