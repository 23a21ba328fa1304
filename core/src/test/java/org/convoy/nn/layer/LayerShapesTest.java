package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.convoy.nn.Layer;
import org.convoy.nn.ParameterSpec;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;

/** Output sizes and parameter counts of textbook exercises, and what is said when shapes misfit. */
class LayerShapesTest {

  @Test
  void convolutionFollowsTheTextbookFormula() {
    for (int n : new int[] {5, 6, 7, 28, 39, 63, 224}) {
      for (int f : new int[] {1, 3, 5}) {
        for (int p = 0; p <= 2; p++) {
          for (int s = 1; s <= 4; s++) {
            int size = (n + 2 * p - f) / s + 1;
            assertThat(shape(Conv2d.of(10, f).padding(p).stride(s), "3x" + n + "x" + n))
                .isEqualTo("10x" + size + "x" + size);
          }
        }
      }
    }
  }

  @Test
  void smallConvolutionalNetworkOfTheLectureShrinksAsTaught() {
    assertThat(shape(Conv2d.of(10, 3), "3x39x39")).isEqualTo("10x37x37");
    assertThat(shape(Conv2d.of(20, 5).stride(2), "10x37x37")).isEqualTo("20x17x17");
    assertThat(shape(Conv2d.of(40, 5).stride(2), "20x17x17")).isEqualTo("40x7x7");
    assertThat(shape(new Flatten(), "40x7x7")).isEqualTo("1960");
  }

  @Test
  void exercisesOnConvolutionsAndPools() {
    assertThat(shape(Conv2d.of(1, 3), "1x6x6")).isEqualTo("1x4x4");
    assertThat(shape(Conv2d.of(1, 3).padding(1), "1x6x6")).isEqualTo("1x6x6");
    assertThat(shape(Conv2d.of(1, 3).stride(2), "1x7x7")).isEqualTo("1x3x3");
    assertThat(shape(Conv2d.of(32, 7).stride(2), "16x63x63")).isEqualTo("32x29x29");
    assertThat(shape(Conv2d.of(32, 7).padding(3), "16x63x63")).isEqualTo("32x63x63");
    assertThat(shape(Conv2d.of(96, 11).stride(4), "3x227x227")).isEqualTo("96x55x55");
    assertThat(shape(MaxPool2d.of(2), "16x32x32")).isEqualTo("16x16x16");
    assertThat(shape(MaxPool2d.of(3).stride(1), "2x5x5")).isEqualTo("2x3x3");
    assertThat(shape(MaxPool2d.of(3).stride(2), "96x55x55")).isEqualTo("96x27x27");
    assertThat(shape(AvgPool2d.of(7), "1000x7x7")).isEqualTo("1000x1x1");
  }

  @Test
  void exercisesOnParameterCounts() {
    assertThat(count(Conv2d.of(10, 3), "3x39x39")).isEqualTo(280);
    assertThat(count(Conv2d.of(100, 5), "3x300x300")).isEqualTo(7_600);
    assertThat(count(Linear.of(100), "270000")).isEqualTo(27_000_100);
    assertThat(count(Conv2d.of(96, 11).stride(4), "3x227x227")).isEqualTo(34_944);
    assertThat(count(Conv2d.of(6, 5).withoutBias(), "1x28x28")).isEqualTo(150);
    assertThat(count(Conv2d.of(6, 3).groups(2), "4x7x7")).isEqualTo(6 * 2 * 9 + 6);
    assertThat(count(Linear.of(10).withoutBias(), "84")).isEqualTo(840);
    assertThat(count(MaxPool2d.of(2), "8x28x28")).isZero();
  }

  @Test
  void multiplyAddsCountTapsPerOutput() {
    assertThat(Conv2d.of(32, 5).padding(2).multiplyAdds(Shape.parse("192x28x28")))
        .isEqualTo(28L * 28 * 32 * 5 * 5 * 192);
    assertThat(Conv2d.of(32, 5).padding(2).groups(4).multiplyAdds(Shape.parse("192x28x28")))
        .isEqualTo(28L * 28 * 32 * 5 * 5 * 48);
    assertThat(Linear.of(120).multiplyAdds(Shape.of(400))).isEqualTo(48_000);
    assertThat(MaxPool2d.of(2).multiplyAdds(Shape.of(8, 28, 28))).isZero();
  }

  @Test
  void samePaddingRoundsUpWhateverTheStride() {
    Conv2d same = Conv2d.of(4, 4, 3).padding(Padding.same());
    assertThat(shape(same, "2x8x7")).isEqualTo("4x8x7");
    assertThat(shape(same.dilation(2), "2x8x7")).isEqualTo("4x8x7");
    assertThat(shape(same.stride(2, 3), "2x9x7")).isEqualTo("4x5x3");
    assertThat(shape(MaxPool2d.of(3).stride(2).padding(Padding.same()), "2x8x7"))
        .isEqualTo("2x4x4");
  }

  @Test
  void eachSideCanBePaddedByItself() {
    assertThat(shape(Conv2d.of(4, 3).padding(Padding.perSide(1, 2, 0, 1)), "2x8x7"))
        .isEqualTo("4x9x6");
  }

  @Test
  void ceilModeRoundsUpButBeginsNoWindowInThePadding() {
    assertThat(shape(MaxPool2d.of(2).withCeilMode(), "3x7x9")).isEqualTo("3x4x5");
    assertThat(shape(MaxPool2d.of(3).stride(2).padding(1).withCeilMode(), "3x8x10"))
        .isEqualTo("3x5x6");
    assertThat(shape(AvgPool2d.of(2).stride(3).padding(1).withCeilMode(), "3x4x4"))
        .isEqualTo("3x2x2");
  }

  @Test
  void sumKeepsTheShapeAndConcatenationAddsChannels() {
    Shape a = Shape.of(3, 4, 5);
    Shape b = Shape.of(2, 4, 5);
    assertThat(new Add().outputShape(List.of(a, a, a))).isEqualTo(a);
    assertThat(new Concat().outputShape(List.of(a, b, a))).isEqualTo(Shape.of(8, 4, 5));
    assertThat(new Concat().outputShape(List.of(Shape.of(3), Shape.of(4)))).isEqualTo(Shape.of(7));
  }

  @Test
  void kernelMustFitThePaddedInput() {
    assertMisfit(
        Conv2d.of(4, 7).padding(0, 1),
        "kernel 7x7 needs a padded input of at least 7x7, got 5x8 (input 64x5x6);"
            + " pad more or use a smaller kernel",
        "64x5x6");
    assertMisfit(
        MaxPool2d.of(2).dilation(2),
        "kernel 2x2 needs a padded input of at least 3x3, got 2x4 (input 8x2x4);"
            + " pad more or use a smaller kernel",
        "8x2x4");
  }

  @Test
  void convolutionsAndPoolsNeedThreeAxes() {
    assertMisfit(
        Conv2d.of(4, 3),
        "expected an input of channels x height x width, got 400;"
            + " put this layer before the one that flattens",
        "400");
    assertMisfit(
        AvgPool2d.of(3),
        "expected an input of channels x height x width, got 3x8x9x9;"
            + " use a layer for 3 spatial axes",
        "3x8x9x9");
  }

  @Test
  void groupsMustDivideChannelsAndFilters() {
    assertMisfit(
        Conv2d.of(4, 3).groups(2),
        "groups must divide the number of input channels, got 2 and 3 (input 3x8x8)",
        "3x8x8");
    assertMisfit(
        Conv2d.of(3, 3).groups(2),
        "groups must divide the number of filters, got 2 and 3",
        "4x8x8");
  }

  @Test
  void poolsArePaddedByHalfTheirKernelAtMost() {
    assertMisfit(
        MaxPool2d.of(2).padding(2),
        "padding of a pooling must be at most half its kernel, got padding 2, kernel 2",
        "3x8x8");
  }

  @Test
  void linearNeedsAFlatInput() {
    assertMisfit(
        Linear.of(10),
        "expected a flat input, got 16x5x5; put a flatten layer before this one",
        "16x5x5");
  }

  @Test
  void layersWithOneInputTakeOne() {
    assertMisfit(new Relu(), "expected one input, got 2: [3, 3]", "3", "3");
  }

  @Test
  void sumNeedsInputsOfOneShape() {
    assertMisfit(new Add(), "expected two or more inputs to add, got 1", "3x4x4");
    assertMisfit(
        new Add(),
        "expected inputs of one shape, got [3x4x4, 5x4x4];"
            + " bring them to one shape first, for example by a 1x1 convolution",
        "3x4x4",
        "5x4x4");
  }

  @Test
  void concatenationNeedsInputsOfOneHeightAndWidth() {
    assertMisfit(new Concat(), "expected two or more inputs to concatenate, got 1", "3x4x4");
    assertMisfit(
        new Concat(),
        "expected inputs that differ in their channels alone, got [3x4x4, 3x4x5];"
            + " bring them to one height and width first, for example by padding",
        "3x4x4",
        "3x4x5");
  }

  private static String shape(Layer layer, String input) {
    return layer.outputShape(List.of(Shape.parse(input))).toString();
  }

  private static long count(Layer layer, String input) {
    return layer.parameters(List.of(Shape.parse(input))).stream()
        .map(ParameterSpec::shape)
        .mapToLong(Shape::elementCount)
        .sum();
  }

  private static void assertMisfit(Layer layer, String message, String... inputs) {
    List<Shape> shapes = List.of(inputs).stream().map(Shape::parse).toList();
    assertThatThrownBy(() -> layer.outputShape(shapes))
        .isInstanceOf(ShapeException.class)
        .hasMessage(message);
  }
}
