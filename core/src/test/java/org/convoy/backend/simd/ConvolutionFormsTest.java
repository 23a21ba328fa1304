package org.convoy.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.backend.Convolution;
import org.convoy.backend.Correlation;
import org.convoy.backend.Window;
import org.convoy.backend.Winograd;
import org.convoy.backend.Workspace;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Geometries;
import org.convoy.testing.Values;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form of a convolution gives the bits of the plain loops for every geometry, also where the
 * backend would choose the other form; and none depends on what its buffers held before.
 */
@Tag("backend")
class ConvolutionFormsTest {
  private static final RandomKey SEED = RandomKey.ofSeed(31);
  private static final int BATCH = 3;
  private static final int SLOTS = 8;

  private final Backend plain = Backends.scalar();
  private final Workspace workspace = new Workspace();

  static Stream<Convolution> geometries() {
    return Stream.concat(
        Geometries.awkwardConvolutions().stream()
            .filter(geometry -> !Winograd.applies(Correlation.forward(geometry, 1))),
        IntStream.range(0, 60).mapToObj(i -> Geometries.randomConvolution(SEED.with(i))));
  }

  @BeforeEach
  void requireVectors() {
    assumeTrue(
        Backends.simd().isPresent(), "no vectors: run with --add-modules jdk.incubator.vector");
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void shiftedAndGatheredConvolutionsAgreeWithThePlainOne(Convolution geometry) {
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(BATCH));
    Tensor weight = Values.random(SEED.with("w"), geometry.weight());
    Tensor bias = Values.random(SEED.with("b"), Shape.of(geometry.filters()));
    Tensor expected = Values.blank(geometry.output().prepend(BATCH));
    plain.convolve(geometry, input, weight, bias, expected, new Workspace());
    Correlation plan = Correlation.forward(geometry, BATCH);
    PaddedLayout layout = new PaddedLayout(plan.window());
    for (int round = 0; round < 2; round++) {
      Tensor shifted = Values.blank(expected.shape());
      new ShiftedConvolution(plan, layout, workspace).run(input, weight, bias, shifted);
      assertSameBits(shifted, expected);
      spoilBuffers();

      Tensor gathered = Values.blank(expected.shape());
      new GatheredConvolution(plan, layout, workspace).run(input, weight, bias, gathered);
      assertSameBits(gathered, expected);
      spoilBuffers();

      if (DirectConvolution.applies(plan, layout)) {
        Tensor direct = Values.blank(expected.shape());
        new DirectConvolution(plan, layout, workspace).run(input, weight, bias, direct);
        assertSameBits(direct, expected);
        spoilBuffers();
      }
    }
  }

  /** Rows of outputs that are whole vectors, parts of one, and more than one; several phases. */
  static Stream<Convolution> directGeometries() {
    return Stream.of(
        direct(3, 5, 32, 4, 3, 1, 1),
        direct(20, 4, 16, 8, 3, 1, 1),
        direct(25, 8, 8, 12, 3, 1, 1),
        direct(2, 9, 10, 6, 5, 1, 0),
        direct(7, 9, 15, 16, 3, 2, 1),
        direct(3, 11, 33, 8, 3, 2, 1),
        direct(5, 6, 7, 24, 1, 1, 0),
        direct(2, 4, 3, 4, 3, 1, 2),
        direct(1, 31, 31, 20, 11, 4, 2));
  }

  private static Convolution direct(
      int channels, int height, int width, int filters, int kernel, int stride, int padding) {
    return new Convolution(
        Shape.of(channels, height, width), filters, 1, Window.square(kernel, stride, padding));
  }

  @ParameterizedTest
  @MethodSource("directGeometries")
  void theDirectFormAgreesWithThePlainOne(Convolution geometry) {
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(BATCH));
    Tensor weight = Values.random(SEED.with("w"), geometry.weight());
    Tensor bias = Values.random(SEED.with("b"), Shape.of(geometry.filters()));
    Correlation plan = Correlation.forward(geometry, BATCH);
    PaddedLayout layout = new PaddedLayout(plan.window());
    assertThat(DirectConvolution.applies(plan, layout)).isTrue();
    for (Tensor added : new Tensor[] {null, bias, bias, null}) {
      Tensor expected = Values.blank(geometry.output().prepend(BATCH));
      plain.convolve(geometry, input, weight, added, expected, new Workspace());
      Tensor direct = Values.blank(expected.shape());
      new DirectConvolution(plan, layout, workspace).run(input, weight, added, direct);
      assertSameBits(direct, expected);
      spoilBuffers();
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void bothFormsOfTheInputGradientAgreeWithThePlainOne(Convolution geometry) {
    Tensor outputGradient = Values.random(SEED.with("gy"), geometry.output().prepend(BATCH));
    Tensor weight = Values.random(SEED.with("w"), geometry.weight());
    Tensor expected = Values.blank(geometry.input().prepend(BATCH));
    plain.convolveBackwardInput(geometry, outputGradient, weight, expected, new Workspace());
    for (int round = 0; round < 2; round++) {
      Tensor shifted = Tensor.zeros(expected.shape());
      Tensor gathered = Tensor.zeros(expected.shape());
      for (Correlation phase : Correlation.backward(geometry, BATCH)) {
        PaddedLayout layout = new PaddedLayout(phase.window());
        new ShiftedConvolution(phase, layout, workspace).run(outputGradient, weight, null, shifted);
        spoilBuffers();
        new GatheredConvolution(phase, layout, workspace)
            .run(outputGradient, weight, null, gathered);
        spoilBuffers();
      }
      assertSameBits(shifted, expected);
      assertSameBits(gathered, expected);
    }
  }

  /** Channels and filters that are copied in blocks, some beside such as are not. */
  static Stream<Convolution> wideGeometries() {
    return Stream.of(
        direct(16, 9, 20, 8, 3, 1, 1),
        direct(20, 17, 16, 16, 3, 1, 1),
        direct(35, 7, 9, 24, 3, 2, 1),
        direct(32, 8, 8, 13, 1, 2, 0),
        direct(8, 14, 14, 16, 5, 1, 0),
        direct(48, 3, 3, 8, 3, 1, 1));
  }

  @ParameterizedTest
  @MethodSource({"geometries", "wideGeometries"})
  void theWeightGradientAgreesWithThePlainOne(Convolution geometry) {
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(BATCH));
    Tensor outputGradient = Values.random(SEED.with("gy"), geometry.output().prepend(BATCH));
    Tensor before = Values.random(SEED.with("gw"), geometry.weight());
    Tensor expected = Values.blank(geometry.weight());
    expected.copyFrom(before);
    plain.convolveBackwardWeight(geometry, input, outputGradient, expected, new Workspace());
    Correlation plan = Correlation.forward(geometry, BATCH);
    for (int round = 0; round < 2; round++) {
      Tensor actual = Values.blank(geometry.weight());
      actual.copyFrom(before);
      new WeightGradient(plan, workspace).run(input, outputGradient, actual);
      assertSameBits(actual, expected);
      spoilBuffers();
      if (plan.channels() % Vectors.PANEL == 0) {
        actual.copyFrom(before);
        new BlockedWeightGradient(plan, workspace).run(input, outputGradient, actual);
        assertSameBits(actual, expected);
        spoilBuffers();
      }
    }
  }

  /** Several blocks of filters, terms that take several turns, groups, padded tiles, other taps. */
  static Stream<Convolution> blockedGeometries() {
    return Stream.of(
        direct(32, 20, 20, 203, 1, 1, 0),
        direct(64, 5, 7, 19, 3, 1, 1),
        direct(32, 36, 33, 10, 2, 1, 0),
        new Convolution(Shape.of(64, 6, 5), 20, 2, Window.square(3, 2, 1)));
  }

  @ParameterizedTest
  @MethodSource("blockedGeometries")
  void theBlockedWeightGradientAgreesWithThePlainOne(Convolution geometry) {
    theWeightGradientAgreesWithThePlainOne(geometry);
  }

  @ParameterizedTest
  @MethodSource("convolutionsOfManyWeights")
  void withManyWeightsTheGatheredFormAgreesWithThePlainOne(Convolution geometry) {
    shiftedAndGatheredConvolutionsAgreeWithThePlainOne(geometry);
    bothFormsOfTheInputGradientAgreeWithThePlainOne(geometry);
  }

  /** More weights than stay in a cache: one by the forward pass's terms, one by the gradient's. */
  static Stream<Convolution> convolutionsOfManyWeights() {
    return Stream.of(direct(130, 3, 4, 235, 3, 1, 1), direct(515, 5, 3, 61, 3, 1, 1));
  }

  private void spoilBuffers() {
    for (int slot = 0; slot < SLOTS; slot++) {
      Arrays.fill(workspace.floats(slot, 0), Float.NaN);
      Arrays.fill(workspace.ints(slot, 0), Integer.MIN_VALUE);
    }
  }

  private static void assertSameBits(Tensor actual, Tensor expected) {
    for (int i = 0; i < expected.size(); i++) {
      float got = actual.data()[actual.offset() + i];
      float wanted = expected.data()[expected.offset() + i];
      if (Float.floatToIntBits(got) != Float.floatToIntBits(wanted)) {
        assertThat(got).as("element %d of %s", i, expected.shape()).isEqualTo(wanted);
      }
    }
  }
}
