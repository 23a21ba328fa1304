package org.convoy.backend.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.convoy.testing.Geometries.axis;
import static org.convoy.testing.Geometries.window;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Pooling;
import org.convoy.backend.Window;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Geometries;
import org.convoy.testing.ReferenceOperations;
import org.convoy.testing.RoundingBound;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain pooling against the formula. */
class ScalarPoolingTest {
  private static final RandomKey SEED = RandomKey.ofSeed(2024);

  private final Backend backend = new ScalarBackend();

  static Stream<Pooling> poolings() {
    return IntStream.range(0, 80).mapToObj(i -> Geometries.randomPooling(SEED.with(i)));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void maximumIsTheFirstLargestElementOfTheWindow(Pooling geometry) {
    int batch = 2;
    Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(batch));
    makeTies(input);
    Tensor output = Values.blank(geometry.output().prepend(batch));
    int[] winners = new int[output.size()];

    backend.maxPool(geometry, input, output, winners);

    int maps = batch * geometry.input().size(0);
    int elements = input.size() / maps;
    for (int o = 0; o < output.size(); o++) {
      int map = o / (output.size() / maps);
      int first = input.offset() + map * elements;
      int expected = -1;
      for (int e : ReferenceOperations.windowElements(geometry, o % (output.size() / maps))) {
        if (expected < 0 || input.data()[first + e] > input.data()[first + expected]) {
          expected = e;
        }
      }
      assertThat(winners[o]).as("winner of output %d", o).isEqualTo(expected);
      float value = expected < 0 ? Float.NEGATIVE_INFINITY : input.data()[first + expected];
      assertThat(output.data()[output.offset() + o]).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void meanDividesByTheElementsThatCount(Pooling geometry) {
    for (boolean countIncludesPadding : new boolean[] {false, true}) {
      Tensor input = Values.random(SEED.with("x"), geometry.input().prepend(2));
      Tensor output = Values.blank(geometry.output().prepend(2));
      Tensor outputGradient = Values.random(SEED.with("gy"), geometry.output().prepend(2));
      Tensor gradient = Values.blank(geometry.input().prepend(2));

      backend.averagePool(geometry, countIncludesPadding, input, output);
      backend.averagePoolBackward(geometry, countIncludesPadding, outputGradient, gradient);

      int maps = 2 * geometry.input().size(0);
      double[] expected = new double[output.size()];
      double[] expectedGradient = new double[input.size()];
      for (int o = 0; o < expected.length; o++) {
        int position = o % (output.size() / maps);
        int first = o / (output.size() / maps) * (input.size() / maps);
        int[] elements = ReferenceOperations.windowElements(geometry, position);
        double divisor =
            countIncludesPadding
                ? ReferenceOperations.windowTaps(geometry, position)
                : elements.length;
        for (int e : elements) {
          expected[o] += input.data()[input.offset() + first + e] / divisor;
          expectedGradient[first + e] +=
              outputGradient.data()[outputGradient.offset() + o] / divisor;
        }
      }
      int taps = geometry.window().taps();
      double[] most = new double[Math.max(input.size(), output.size())];
      Arrays.fill(most, taps);
      RoundingBound.assertWithin(output, expected, most, taps);
      RoundingBound.assertWithin(gradient, expectedGradient, most, taps);
    }
  }

  @Test
  void theFirstNotANumberWinsOverAllNumbers() {
    Pooling geometry =
        new Pooling(Shape.of(1, 2, 3), window(axis(2, 1, 1, 0, 0), axis(3, 1, 1, 0, 0)), false);
    Tensor input =
        Tensor.of(Shape.of(1, 1, 2, 3), 5, Float.NaN, 7, Float.NaN, Float.POSITIVE_INFINITY, 1);
    Tensor output = Tensor.zeros(Shape.of(1, 1, 1, 1));
    int[] winners = new int[1];

    backend.maxPool(geometry, input, output, winners);

    assertThat(winners).containsExactly(1);
    assertThat(output.get(0, 0, 0, 0)).isNaN();
  }

  @Test
  void negativeInfinityBeatsPadding() {
    Pooling geometry = new Pooling(Shape.of(1, 1, 1), Window.square(2, 1, 1), false);
    Tensor input = Tensor.of(Shape.of(1, 1, 1, 1), Float.NEGATIVE_INFINITY);
    int[] winners = new int[4];

    backend.maxPool(geometry, input, Tensor.zeros(Shape.of(1, 1, 2, 2)), winners);

    assertThat(winners).containsExactly(0, 0, 0, 0);
  }

  @Test
  void maximumGradientGoesToTheWinnersInOrder() {
    Pooling geometry = new Pooling(Shape.of(1, 3), window(axis(2, 1, 1, 0, 0)), false);
    Tensor input = Tensor.of(Shape.of(2, 1, 3), 1, 3, 2, 9, 8, 7);
    Tensor output = Tensor.zeros(Shape.of(2, 1, 2));
    int[] winners = new int[4];
    backend.maxPool(geometry, input, output, winners);
    Tensor gradient = Values.blank(Shape.of(2, 1, 3));

    backend.maxPoolBackward(
        geometry, Tensor.of(Shape.of(2, 1, 2), 10, 20, 30, 40), winners, gradient);

    assertThat(output.toArray()).containsExactly(3, 3, 9, 8);
    assertThat(gradient.toArray()).containsExactly(0, 30, 0, 30, 40, 0);
  }

  private static void makeTies(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      int at = tensor.offset() + i;
      tensor.data()[at] = Math.round(4 * tensor.data()[at]);
    }
  }
}
