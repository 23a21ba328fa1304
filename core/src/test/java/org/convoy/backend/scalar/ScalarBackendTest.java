package org.convoy.backend.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Convolution;
import org.convoy.backend.Matrix;
import org.convoy.backend.Window;
import org.convoy.backend.Workspace;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Geometries;
import org.convoy.testing.ReferenceOperations;
import org.convoy.testing.RoundingBound;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The plain loops against a double reference. */
class ScalarBackendTest {
  private static final RandomKey SEED = RandomKey.ofSeed(2024);

  private final Backend backend = new ScalarBackend();
  private final Workspace workspace = new Workspace();

  static Stream<Convolution> convolutions() {
    return Stream.concat(
        Geometries.awkwardConvolutions().stream(),
        IntStream.range(0, 60).mapToObj(i -> Geometries.randomConvolution(SEED.with(i))));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolutionIsTheSumOfItsFormula(Convolution geometry) {
    int batch = 2;
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(batch));
    Tensor weight = Values.random(SEED.with("w"), geometry.weight());
    Tensor bias = Values.random(SEED.with("b"), Shape.of(geometry.filters()));
    Tensor output = Values.blank(geometry.output().prepend(batch));

    backend.convolve(geometry, input, weight, bias, output, workspace);

    double[] x = Values.toDoubles(input);
    double[] w = Values.toDoubles(weight);
    double[] b = Values.toDoubles(bias);
    RoundingBound.assertWithin(
        output,
        ReferenceOperations.convolve(geometry, batch, x, w, b),
        ReferenceOperations.convolve(
            geometry, batch, Values.magnitudes(x), Values.magnitudes(w), Values.magnitudes(b)),
        terms(geometry) + 1);
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolutionGradientOfTheInputIsTheSumOfItsFormula(Convolution geometry) {
    int batch = 2;
    Tensor outputGradient = Values.random(SEED.with("gy"), geometry.output().prepend(batch));
    Tensor weight = Values.random(SEED.with("w"), geometry.weight());
    Tensor gradient = Values.blank(geometry.input().prepend(batch));

    backend.convolveBackwardInput(geometry, outputGradient, weight, gradient, workspace);

    double[] gy = Values.toDoubles(outputGradient);
    double[] w = Values.toDoubles(weight);
    RoundingBound.assertWithin(
        gradient,
        ReferenceOperations.convolveBackwardInput(geometry, batch, gy, w),
        ReferenceOperations.convolveBackwardInput(
            geometry, batch, Values.magnitudes(gy), Values.magnitudes(w)),
        geometry.filters() + geometry.window().taps());
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolutionGradientOfTheWeightsIsAddedToWhatIsThere(Convolution geometry) {
    int batch = 2;
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(batch));
    Tensor outputGradient = Values.random(SEED.with("gy"), geometry.output().prepend(batch));
    Tensor gradient = Tensor.zeros(geometry.weight());
    gradient.fill(0.5f);

    backend.convolveBackwardWeight(geometry, input, outputGradient, gradient, workspace);

    double[] x = Values.toDoubles(input);
    double[] gy = Values.toDoubles(outputGradient);
    RoundingBound.assertWithin(
        gradient,
        plusHalf(ReferenceOperations.convolveBackwardWeight(geometry, batch, x, gy)),
        plusHalf(
            ReferenceOperations.convolveBackwardWeight(
                geometry, batch, Values.magnitudes(x), Values.magnitudes(gy))),
        outputGradient.size() / geometry.filters() + 1);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,3,5", "7,9,8", "3,1030,17", "5,33,300", "1,600,1", "40,2,129"})
  void productIsTheSumOfItsFormulaForAnyTransposition(int rows, int columns, int terms) {
    for (int form = 0; form < 16; form++) {
      Matrix a = matrix("a", rows, terms, (form & 1) != 0);
      Matrix b = matrix("b", terms, columns, (form & 2) != 0);
      Matrix c = matrix("c", rows, columns, (form & 4) != 0);
      boolean accumulate = (form & 8) != 0;
      double[] expected = new double[rows * columns];
      double[] magnitude = new double[rows * columns];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          double start = accumulate ? element(c, i, j) : 0;
          expected[i * columns + j] = start;
          magnitude[i * columns + j] = Math.abs(start);
          for (int p = 0; p < terms; p++) {
            double product = element(a, i, p) * element(b, p, j);
            expected[i * columns + j] += product;
            magnitude[i * columns + j] += Math.abs(product);
          }
        }
      }

      backend.multiply(a, b, accumulate, c, workspace);

      Tensor result = Tensor.zeros(Shape.of(rows * columns));
      for (int i = 0; i < rows * columns; i++) {
        result.data()[i] = (float) element(c, i / columns, i % columns);
      }
      RoundingBound.assertWithin(result, expected, magnitude, terms + 1);
    }
  }

  @Test
  void aProductOverNothingIsZeroOrLeavesWhatWasThere() {
    Matrix c = Matrix.of(new float[] {1, 2}, 0, 1, 2);

    backend.multiply(
        Matrix.of(new float[0], 0, 1, 0), Matrix.of(new float[0], 0, 0, 2), true, c, workspace);
    assertThat(c.data()).containsExactly(1, 2);

    backend.multiply(
        Matrix.of(new float[0], 0, 1, 0), Matrix.of(new float[0], 0, 0, 2), false, c, workspace);
    assertThat(c.data()).containsExactly(0, 0);
  }

  @Test
  void channelSumsGoOverExamplesAndPositions() {
    Tensor values = Tensor.of(Shape.of(2, 2, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    Tensor sums = Tensor.of(Shape.of(2), 100, 200);

    backend.addChannelSums(values, sums);

    assertThat(sums.toArray()).containsExactly(130, 248);
  }

  @Test
  void channelSumsTakeSixteenLanes() {
    // Added one after the other, 2^24 would swallow every 1; in lanes of their own they survive.
    float[] values = new float[32];
    Arrays.fill(values, 1);
    values[0] = 0x1p24f;
    Tensor sums = Tensor.zeros(Shape.of(1));

    backend.addChannelSums(Tensor.of(Shape.of(1, 1, 32), values), sums);

    assertThat(sums.get(0)).isEqualTo(0x1p24f + 30);
  }

  @Test
  void operandsThatDoNotFitAreNamed() {
    Matrix a = Matrix.of(new float[6], 0, 2, 3);
    assertThatThrownBy(() -> backend.multiply(a, a, false, a, workspace))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("got 2x3 times 2x3 into 2x3");
    Convolution geometry = new Convolution(Shape.of(1, 4, 4), 2, 1, Window.square(3, 1, 0));
    Tensor input = Tensor.zeros(Shape.of(2, 1, 4, 4));
    Tensor output = Tensor.zeros(Shape.of(2, 2, 2, 2));
    Tensor weight = Tensor.zeros(Shape.of(2, 1, 3, 3));
    assertThatThrownBy(() -> backend.convolve(geometry, output, weight, null, input, workspace))
        .hasMessageContaining("expected a batch of inputs 1x4x4 and as many outputs 2x2x2");
    assertThatThrownBy(() -> backend.convolve(geometry, input, input, null, output, workspace))
        .hasMessageContaining("expected weights of shape 2x1x3x3, got 2x1x4x4");
    assertThatThrownBy(() -> backend.convolve(geometry, input, weight, weight, output, workspace))
        .hasMessageContaining("expected one bias for each of 2 filters");
    assertThatThrownBy(() -> backend.addChannelSums(output, Tensor.zeros(Shape.of(3))))
        .hasMessageContaining("expected values with 3 channels on the second axis");
    assertThatThrownBy(() -> backend.exp(input, output))
        .hasMessageContaining("exp: expected input and output of one size");
  }

  private static int terms(Convolution geometry) {
    return geometry.weight().elementCount() / geometry.filters();
  }

  private static Matrix matrix(String name, int rows, int columns, boolean transposed) {
    Tensor values = Values.random(SEED.with(name), Shape.of(rows * columns));
    return transposed
        ? Matrix.of(values, columns, rows).transposed()
        : Matrix.of(values, rows, columns);
  }

  private static double element(Matrix m, int i, int j) {
    return m.data()[m.offset() + i * m.rowStride() + j * m.columnStride()];
  }

  private static double[] plusHalf(double[] values) {
    return Arrays.stream(values).map(value -> value + 0.5).toArray();
  }
}
