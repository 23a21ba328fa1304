package org.convoy.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("backend")
class WinogradTest {
  private static final RandomKey SEED = RandomKey.ofSeed(47);

  /**
   * Odd and even sizes and channels, several groups, all paddings, tiles of several rows in one
   * vector and several vectors in a row.
   */
  static Stream<Convolution> geometries() {
    return Stream.concat(
        IntStream.range(0, 8).mapToObj(i -> random(SEED.with(i))),
        IntStream.range(0, 24).mapToObj(i -> randomNarrow(SEED.with("narrow").with(i))));
  }

  private static Convolution random(RandomKey key) {
    int width =
        (int) key.below(3, 5) == 0 ? 40 + (int) key.below(4, 20) : 14 + (int) key.below(5, 14);
    return random(key, 64, 14 + (int) key.below(10, 14), width);
  }

  private static Convolution randomNarrow(RandomKey key) {
    return random(key, 32, 6 + (int) key.below(10, 14), 6 + (int) key.below(5, 10));
  }

  private static Convolution random(RandomKey key, int fewest, int height, int width) {
    int groups = (int) key.below(0, 4) == 0 ? 2 : 1;
    int channels = groups * (fewest + (int) key.below(1, 24));
    int filters = groups * (fewest + (int) key.below(2, 24));
    int before = (int) key.below(8, 3);
    int after = (int) key.below(9, 3);
    if (fewest < 64 && width + before + after > 18) {
      before = 0;
      after = 0;
    }
    Window window =
        new Window(
            List.of(
                new Window.Axis(3, 1, 1, (int) key.below(6, 3), (int) key.below(7, 3)),
                new Window.Axis(3, 1, 1, before, after)));
    return new Convolution(Shape.of(channels, height, width), filters, groups, window);
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void vectorsGiveTheBitsOfThePlainLoops(Convolution geometry) {
    assumeTrue(Backends.simd().isPresent(), "no vectors");
    assertThat(Winograd.applies(Correlation.forward(geometry, 3))).isTrue();
    Backend simd = Backends.simd().orElseThrow();
    Backend plain = Backends.scalar();
    Workspace workspace = new Workspace();
    for (int batch : new int[] {1, 3}) {
      Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(batch));
      Tensor weight = Values.random(SEED.with("w"), geometry.weight());
      Tensor bias = Values.random(SEED.with("b"), Shape.of(geometry.filters()));
      Tensor expected = Values.blank(geometry.output().prepend(batch));
      Tensor actual = Values.blank(expected.shape());
      plain.convolve(geometry, input, weight, bias, expected, new Workspace());
      simd.convolve(geometry, input, weight, bias, actual, workspace);
      assertThat(actual.toArray()).containsExactly(expected.toArray());

      Tensor gradient = Values.random(SEED.with("gy"), geometry.output().prepend(batch));
      Tensor expectedGradient = Values.blank(geometry.input().prepend(batch));
      Tensor actualGradient = Values.blank(expectedGradient.shape());
      plain.convolveBackwardInput(geometry, gradient, weight, expectedGradient, new Workspace());
      simd.convolveBackwardInput(geometry, gradient, weight, actualGradient, workspace);
      assertThat(actualGradient.toArray()).containsExactly(expectedGradient.toArray());
    }
  }

  /** A chain is a ninth as long; measured 0.61 of the plain form's error. */
  @Test
  void isMoreExactThanThePlainForm() {
    int channels = 64;
    int size = 12;
    Convolution geometry =
        new Convolution(Shape.of(channels, size, size), 64, 1, Window.square(3, 1, 1));
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(1));
    Tensor weight = Values.random(SEED.with("w"), geometry.weight());
    Tensor output = Values.blank(geometry.output().prepend(1));
    Backends.scalar().convolve(geometry, input, weight, null, output, new Workspace());
    double squares = 0;
    double plainSquares = 0;
    for (int f = 0; f < 64; f++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          double exact = 0;
          float plain = 0;
          for (int i = 0; i < 9 * channels; i++) {
            int iy = y + i % 9 / 3 - 1;
            int ix = x + i % 3 - 1;
            if (iy >= 0 && iy < size && ix >= 0 && ix < size) {
              float a = input.data()[input.offset() + (i / 9 * size + iy) * size + ix];
              float b = weight.data()[weight.offset() + f * 9 * channels + i];
              exact += (double) a * b;
              plain = Math.fma(a, b, plain);
            }
          }
          float got = output.data()[output.offset() + (f * size + y) * size + x];
          squares += (got - exact) * (got - exact);
          plainSquares += (plain - exact) * (plain - exact);
        }
      }
    }
    double ratio = Math.sqrt(squares / plainSquares);
    assertThat(ratio).isLessThan(1);
  }

  @Test
  void isTakenByGeometryAlone() {
    Convolution plain = new Convolution(Shape.of(64, 14, 14), 64, 1, Window.square(3, 1, 1));
    assertThat(Winograd.applies(Correlation.forward(plain, 1))).isTrue();
    assertThat(Winograd.applies(Correlation.forward(plain, 7))).isTrue();
    assertThat(Winograd.applies(Correlation.forward(narrow(32, 16), 1))).isTrue();
    assertThat(Winograd.applies(Correlation.forward(narrow(64, 17), 1))).isTrue();
    assertThat(Winograd.applies(Correlation.forward(narrow(32, 4), 1))).isTrue();
    Convolution strided = new Convolution(Shape.of(64, 14, 14), 64, 1, Window.square(3, 2, 1));
    Convolution larger = new Convolution(Shape.of(64, 14, 14), 64, 1, Window.square(5, 1, 2));
    for (Convolution other :
        List.of(narrow(31, 16), narrow(63, 17), narrow(64, 3), strided, larger)) {
      assertThat(Winograd.applies(Correlation.forward(other, 1))).as("%s", other).isFalse();
    }
  }

  private static Convolution narrow(int channels, int size) {
    return new Convolution(Shape.of(channels, size, size), channels, 1, Window.square(3, 1, 1));
  }
}
