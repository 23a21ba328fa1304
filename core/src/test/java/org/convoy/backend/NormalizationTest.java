package org.convoy.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statistics and their gradients against sums in double; joined passes against separate ones. */
@Tag("backend")
class NormalizationTest {
  private static final int CHANNELS = 3;

  static Stream<Backend> backends() {
    return Stream.concat(Stream.of(Backends.scalar()), Backends.simd().stream());
  }

  /** Examples are far from each other, and the first one is far from all. */
  @ParameterizedTest
  @MethodSource("backends")
  void statisticsOfALargeBatchAreExactToTheLastDigits(Backend backend) {
    for (int positions : new int[] {1, 49, 64, 1000}) {
      Tensor input = Values.random(RandomKey.ofSeed(positions), Shape.of(128, CHANNELS, positions));
      for (int i = 0; i < input.size(); i++) {
        int example = i / (CHANNELS * positions);
        int at = input.offset() + i;
        input.data()[at] = 100 + input.data()[at] + (example == 0 ? 20 : example % 5);
      }
      Tensor means = Tensor.zeros(Shape.of(CHANNELS));
      Tensor variances = Tensor.zeros(Shape.of(CHANNELS));
      Normalization options = Normalization.measuring(means, variances, null, null, 1e-5);
      backend.normalize(options, input, Values.blank(input.shape()));
      for (int c = 0; c < CHANNELS; c++) {
        double mean = mean(input, c, positions, 0, 1);
        double variance = mean(input, c, positions, mean, 2);
        assertThat((double) means.get(c)).isCloseTo(mean, within(1e-7 * mean));
        assertThat((double) variances.get(c)).isCloseTo(variance, within(2e-7 * variance));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRectifiedNormalizationHasTheBitsOfTheTwo(Backend backend) {
    for (int positions : new int[] {1, 5, 16, 37, 300}) {
      RandomKey key = RandomKey.ofSeed(positions);
      Tensor input = Values.random(key, Shape.of(4, CHANNELS, positions));
      input.data()[input.offset()] = Float.NaN;
      Tensor weight = Tensor.of(Shape.of(CHANNELS), 2, -0.5f, 0);
      Tensor bias = Tensor.of(Shape.of(CHANNELS), 0.1f, -0.2f, -0.0f);
      Tensor means = Values.random(key.with("means"), Shape.of(CHANNELS));
      Tensor variances = Tensor.of(Shape.of(CHANNELS), 1, 0.5f, 2);
      check(backend, Normalization.given(means, variances, weight, bias, 1e-5), input);
      check(backend, Normalization.measuring(means, variances, weight, bias, 1e-5), input);
    }
  }

  private static void check(Backend backend, Normalization options, Tensor input) {
    Shape channels = Shape.of(CHANNELS);
    Tensor output = Values.blank(input.shape());
    backend.normalize(options, input, output);
    backend.relu(output, output);
    Tensor arriving = Values.random(RandomKey.ofSeed(1), input.shape());
    Tensor masked = Values.blank(input.shape());
    backend.reluBackward(output, arriving, masked);
    Tensor[] expected = {
      Tensor.zeros(channels), Tensor.zeros(channels), Values.blank(input.shape())
    };
    backend.normalizeBackward(options, input, masked, expected[0], expected[1], expected[2]);

    Tensor joined = Values.blank(input.shape());
    backend.normalize(options.rectified(), input, joined);
    Tensor[] actual = {Tensor.zeros(channels), Tensor.zeros(channels), Values.blank(input.shape())};
    backend.normalizeBackward(
        options.rectified(), input, arriving, actual[0], actual[1], actual[2]);

    assertThat(joined.toArray()).isEqualTo(output.toArray());
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i].toArray()).isEqualTo(expected[i].toArray());
    }
  }

  /** The mean of (x - shift)^power over a channel. */
  private static double mean(Tensor input, int channel, int positions, double shift, int power) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < input.size(); i++) {
      if (i / positions % CHANNELS == channel) {
        sum += Math.pow(input.data()[input.offset() + i] - shift, power);
        count++;
      }
    }
    return sum / count;
  }
}
