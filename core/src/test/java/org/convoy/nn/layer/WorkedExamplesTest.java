package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.convoy.backend.Backends;
import org.convoy.nn.Execution;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Examples of lectures and ones worked by hand, all in whole numbers or quarters. */
@Tag("backend")
class WorkedExamplesTest {
  private static final float[] VERTICAL_EDGE = {1, 0, -1, 1, 0, -1, 1, 0, -1};

  /** Andrew Ng, "Convolutional Neural Networks", week 1: edge detection. */
  @Test
  void aVerticalEdgeIsFoundWhereItIs() {
    float[] halves = {
      10, 10, 10, 0, 0, 0,
      10, 10, 10, 0, 0, 0,
      10, 10, 10, 0, 0, 0,
      10, 10, 10, 0, 0, 0,
      10, 10, 10, 0, 0, 0,
      10, 10, 10, 0, 0, 0
    };
    assertThat(convolve("1x6x6", halves, Conv2d.of(1, 3), VERTICAL_EDGE))
        .containsExactly(0, 30, 30, 0, 0, 30, 30, 0, 0, 30, 30, 0, 0, 30, 30, 0);
  }

  /** The same lecture's first image. */
  @Test
  void edgesOfAnImageAreConvolvedAsTaught() {
    float[] image = {
      3, 0, 1, 2, 7, 4,
      1, 5, 8, 9, 3, 1,
      2, 7, 2, 5, 1, 3,
      0, 1, 3, 1, 7, 8,
      4, 2, 1, 6, 2, 8,
      2, 4, 5, 2, 3, 9
    };
    assertThat(convolve("1x6x6", image, Conv2d.of(1, 3), VERTICAL_EDGE))
        .containsExactly(-5, -4, 0, 8, -10, -2, 2, 3, 0, -2, -4, -7, -3, -2, -3, -16);
  }

  /**
   * The same course: strided convolutions. The slide has 83 and 127 where the arithmetic gives (18
   * + 8 + 36) + (7 + 6) + (-8 + 21) = 88 and (24 + 36 + 28) + (6 + 8) + (-3 + 18) = 117.
   */
  @Test
  void aStrideOfTwoTakesEverySecondWindow() {
    float[] image = {
      2, 3, 7, 4, 6, 2, 9,
      6, 6, 9, 8, 7, 4, 3,
      3, 4, 8, 3, 8, 9, 7,
      7, 8, 3, 6, 6, 3, 4,
      4, 2, 1, 8, 3, 4, 6,
      3, 2, 4, 1, 9, 8, 3,
      0, 1, 3, 9, 2, 1, 4
    };
    assertThat(convolve("1x7x7", image, Conv2d.of(1, 3).stride(2), 3, 4, 4, 1, 0, 2, -1, 0, 3))
        .containsExactly(91, 100, 88, 69, 91, 117, 44, 72, 74);
  }

  /** Sobel's filters as two output channels; worked by hand. */
  @Test
  void sobelTakesDifferencesAlongBothAxes() {
    float[] image = {
      1, 2, 0, 3, 1,
      0, 1, 2, 2, 4,
      3, 1, 1, 0, 2,
      2, 2, 5, 1, 0
    };
    float[] both = {
      -1, 0, 1, -2, 0, 2, -1, 0, 1,
      -1, -2, -1, 0, 0, 0, 1, 2, 1
    };
    assertThat(convolve("1x4x5", image, Conv2d.of(2, 3), both))
        .containsExactly(1, 2, 6, 1, -2, -1, 1, -2, -4, 7, 6, -3);
  }

  /** Stanford CS231n, "Convolutional networks", convolution demo: padding 1, stride 2, biases. */
  @Test
  void twoFiltersOverAVolumeOfThreeChannels() {
    float[] volume = {
      0, 0, 1, 0, 2, 1, 0, 2, 0, 1, 1, 0, 2, 2, 0, 2, 0, 0, 2, 0, 2, 1, 2, 2, 0,
      2, 1, 2, 1, 1, 2, 1, 2, 0, 1, 0, 2, 1, 0, 1, 1, 2, 2, 2, 2, 0, 1, 2, 0, 1,
      2, 1, 1, 2, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 2, 1, 0, 2, 2, 1, 1, 1
    };
    float[] filtersAndBiases = {
      -1, 0, 1, 0, 0, 1, 1, -1, 1, -1, 0, 1, 1, -1, 1, 0, 1, 0, -1, 1, 1, 1, 1, 0, 0, -1, 0,
      0, 1, -1, 0, -1, 0, 0, -1, 1, -1, 0, 0, 1, -1, 0, 1, -1, 0, -1, 1, -1, 0, -1, -1, 1, 0, 0,
      1, 0
    };
    Conv2d layer = Conv2d.of(2, 3).padding(1).stride(2);
    assertThat(run(layer, "3x5x5", volume, filtersAndBiases))
        .containsExactly(2, 3, 3, 3, 7, 3, 8, 10, -3, -8, -8, -3, -3, 1, 0, -3, -8, -5);
  }

  @Test
  void dilationLeavesElementsOut() {
    float[] image = {
      1, 2, 3, 4, 5,
      6, 7, 8, 9, 1,
      2, 3, 4, 5, 6
    };
    assertThat(convolve("1x3x5", image, Conv2d.of(1, 2).dilation(2), 1, 10, 100, 1000))
        .containsExactly(1 + 30 + 200 + 4000, 2 + 40 + 300 + 5000, 3 + 50 + 400 + 6000);
  }

  @Test
  void groupsSeeTheirOwnChannelsAlone() {
    Conv2d layer = Conv2d.of(4, 1).groups(2).withoutBias();
    assertThat(run(layer, "2x1x2", new float[] {1, 2, 3, 4}, 10, 100, 1000, -1))
        .containsExactly(10, 20, 100, 200, 3000, 4000, -3, -4);
  }

  @Test
  void samePaddingPutsTheOddZerosAtTheEnd() {
    float[] image = {1, 2, 3, 4};
    Conv2d layer = Conv2d.of(1, 2).padding(Padding.same());
    assertThat(convolve("1x2x2", image, layer, 1, 10, 100, 1000))
        .containsExactly(1 + 20 + 300 + 4000, 2 + 400, 3 + 40, 4);
  }

  @Test
  void eachSideIsPaddedByItself() {
    Conv2d layer = Conv2d.of(1, 2).padding(Padding.perSide(1, 0, 0, 2));
    assertThat(convolve("1x1x2", new float[] {3, 4}, layer, 1, 10, 100, 1000))
        .containsExactly(300 + 4000, 400, 0);
  }

  /** CS231n and Andrew Ng, max pooling. */
  @Test
  void maxPoolsOfLectures() {
    float[] cs231n = {1, 1, 2, 4, 5, 6, 7, 8, 3, 2, 1, 0, 1, 2, 3, 4};
    assertThat(run(MaxPool2d.of(2), "1x4x4", cs231n)).containsExactly(6, 8, 3, 4);
    float[] overlapping = {
      1, 3, 2, 1, 3,
      2, 9, 1, 1, 5,
      1, 3, 2, 3, 2,
      8, 3, 5, 1, 0,
      5, 6, 1, 2, 9
    };
    assertThat(run(MaxPool2d.of(3).stride(1), "1x5x5", overlapping))
        .containsExactly(9, 9, 5, 9, 9, 5, 8, 6, 9);
  }

  /** Andrew Ng, average pooling. */
  @Test
  void averagePoolsOfLectures() {
    float[] image = {1, 3, 2, 1, 2, 9, 1, 1, 1, 4, 2, 3, 5, 6, 1, 2};
    assertThat(run(AvgPool2d.of(2), "1x4x4", image)).containsExactly(3.75f, 1.25f, 4, 2);
    assertThat(run(MaxPool2d.of(2), "1x4x4", image)).containsExactly(9, 2, 6, 3);
  }

  @Test
  void paddingNeverWinsAMaximum() {
    float[] image = {-1, -2, -3, -4};
    assertThat(run(MaxPool2d.of(2).padding(1), "1x2x2", image)).containsExactly(-1, -2, -3, -4);
  }

  @Test
  void averagesCountPaddingUnlessToldNotTo() {
    float[] image = {4, 8, 12, 16};
    AvgPool2d layer = AvgPool2d.of(2).padding(1);
    assertThat(run(layer, "1x2x2", image)).containsExactly(1, 2, 3, 4);
    assertThat(run(layer.withoutCountingPadding(), "1x2x2", image)).containsExactly(4, 8, 12, 16);
  }

  @Test
  void leftOverElementsAreDroppedOrPooledByThemselves() {
    float[] row = {1, 2, 3, 4, 5};
    assertThat(run(MaxPool2d.of(1, 2), "1x1x5", row)).containsExactly(2, 4);
    assertThat(run(MaxPool2d.of(1, 2).withCeilMode(), "1x1x5", row)).containsExactly(2, 4, 5);
    assertThat(run(AvgPool2d.of(1, 2).withCeilMode(), "1x1x5", row)).containsExactly(1.5f, 3.5f, 5);
  }

  @Test
  void linearIsWeightsTimesInputPlusBias() {
    assertThat(run(Linear.of(2), "3", new float[] {1, 2, 3}, 1, 10, 100, -1, -2, -3, 7, 8))
        .containsExactly(1 + 20 + 300 + 7, -1 - 4 - 9 + 8);
  }

  @Test
  void flattenKeepsTheOrder() {
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(run(new Flatten(), "2x2x2", values)).containsExactly(values);
  }

  /** A convolution with bias 0. */
  private static float[] convolve(String shape, float[] input, Conv2d layer, float... weights) {
    return run(layer.withoutBias(), shape, input, weights);
  }

  private static float[] run(Layer layer, String shape, float[] input, float... parameters) {
    Network network = Network.builder(Shape.parse(shape)).add("layer", layer).build();
    Execution execution = Execution.forInference(network, Backends.best(), 1);
    execution.input(1).copyFrom(Tensor.of(Shape.of(input.length), input));
    return execution.forward(1, new Parameters(network.layout(), parameters)).toArray();
  }
}
