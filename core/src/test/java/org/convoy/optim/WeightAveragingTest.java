package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightAveragingTest {
  private static final int STEPS = 20;
  private static final Map<String, List<WeightAveraging>> SAMPLES =
      Map.of(
          "ema",
          List.of(
              Ema.of(0.9),
              new Ema(0.99, 3, Ema.Start.WARM_UP),
              new Ema(0.95, 2, Ema.Start.BIAS_CORRECTED)),
          "lookahead",
          List.of(new Lookahead(5, 0.5, 0), new Lookahead(4, 0.226, 3)));

  private final ParameterLayout layout = Layouts.weightAndBias(1, 1);

  static Stream<WeightAveraging> samples() {
    return SAMPLES.values().stream().flatMap(List::stream);
  }

  @Test
  void everyRegisteredAverageHasSamples() {
    assertThat(SAMPLES.keySet())
        .containsExactlyInAnyOrderElementsOf(WeightAveragings.registry().names());
    SAMPLES.forEach(
        (name, samples) ->
            assertThat(samples)
                .allSatisfy(
                    sample ->
                        assertThat(WeightAveragings.registry().nameOf(sample)).isEqualTo(name)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theDescriptionComesBackAndTravels(WeightAveraging averaging) throws Exception {
    RecordCodec codec = new RecordCodec(List.of(WeightAveragings.registry()));
    String written = Json.write(codec.describe(WeightAveragings.registry(), averaging));

    assertThat(codec.read(WeightAveragings.registry(), Json.parse(written), "averaging"))
        .isEqualTo(averaging);
    assertThat(OptimizerContractTest.overTheWire(averaging)).isEqualTo(averaging);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void weightsThatDoNotMoveKeepTheirBits(WeightAveraging averaging) {
    Parameters weights = weights(-0f, 0.1f);
    WeightAverage average = new WeightAverage(averaging, weights);

    for (int step = 1; step <= STEPS; step++) {
      average.afterStep(weights, step, STEPS);
    }

    assertThat(bits(average.average())).containsExactly(bits(weights(-0f, 0.1f)));
    assertThat(bits(weights)).containsExactly(bits(weights(-0f, 0.1f)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSavedAverageGoesOnWithTheSameBits(WeightAveraging averaging) {
    Parameters through = weights(1, 2);
    Parameters interrupted = weights(1, 2);
    WeightAverage whole = new WeightAverage(averaging, through);
    WeightAverage early = new WeightAverage(averaging, interrupted);
    walk(through, whole, 1, STEPS);
    walk(interrupted, early, 1, 7);

    float[] saved = early.average().values().clone();
    WeightAverage restored = new WeightAverage(averaging, new Parameters(layout, saved));
    walk(interrupted, restored, 8, STEPS);

    assertThat(bits(restored.average())).containsExactly(bits(whole.average()));
    assertThat(bits(interrupted)).containsExactly(bits(through));
  }

  private void walk(Parameters weights, WeightAverage average, int from, int to) {
    RandomKey key = RandomKey.ofSeed(3);
    for (int step = from; step <= to; step++) {
      weights.values()[0] += key.uniformFloat(2L * step);
      weights.values()[1] -= key.uniformFloat(2L * step + 1);
      average.afterStep(weights, step, STEPS);
    }
  }

  @Test
  void anExponentialAverageBeginsWithTheFirstWeightsAndThenDecays() {
    assertThat(averages(Ema.of(0.75), 8, 16, 0)).containsExactly(8, 10, 7.5f);
  }

  @Test
  void aCorrectedAverageWeighsAllWeightsAsItsDecaySays() {
    // (0.5 * 8 + 16) / 1.5 and (0.25 * 8 + 0.5 * 16 + 4) / 1.75
    assertThat(averages(new Ema(0.5, 1, Ema.Start.BIAS_CORRECTED), 8, 16, 4))
        .containsExactly(new float[] {8, 40 / 3f, 8}, within(1e-5f));
  }

  @Test
  void aWarmedUpAverageForgetsItsBeginning() {
    Ema ema = new Ema(0.5, 1, Ema.Start.WARM_UP);

    assertThat(ema.kept(1, 100)).isEqualTo(0.1);
    assertThat(ema.kept(3, 100)).isEqualTo(0.25);
    assertThat(ema.kept(9, 100)).isEqualTo(0.5);
    assertThat(ema.kept(99, 100)).isEqualTo(0.5);
  }

  @Test
  void stepsBetweenUpdatesDoNotCount() {
    assertThat(averages(new Ema(0.5, 2, Ema.Start.NONE), 8, 4, 100, 12))
        .containsExactly(0, 4, 4, 8);
  }

  /** The average of the first weight after each step, from 0 on. */
  private float[] averages(WeightAveraging averaging, float... path) {
    Parameters weights = weights(0, 0);
    WeightAverage average = new WeightAverage(averaging, weights);
    float[] averages = new float[path.length];
    for (int step = 1; step <= path.length; step++) {
      weights.values()[0] = path[step - 1];
      average.afterStep(weights, step, path.length);
      assertThat(weights.values()[0]).isEqualTo(path[step - 1]);
      averages[step - 1] = average.average().values()[0];
    }
    return averages;
  }

  @Test
  void lookaheadGoesHalfTheWayAndTrainingGoesOnFromThere() {
    Parameters weights = weights(0, 8);
    WeightAverage average = new WeightAverage(new Lookahead(2, 0.5, 0), weights);

    weights.values()[0] = 3;
    average.afterStep(weights, 1, 4);
    assertThat(weights.values()).containsExactly(3, 8);
    assertThat(average.average().values()).containsExactly(0, 8);

    weights.values()[0] = 6;
    average.afterStep(weights, 2, 4);
    assertThat(weights.values()).containsExactly(3, 8);
    assertThat(average.average().values()).containsExactly(3, 8);
  }

  @Test
  void airbenchKeepsMoreAndMore() {
    double decay = Math.pow(0.95, 5);
    Lookahead airbench = new Lookahead(5, 1 - decay, 3);

    assertThat(airbench.kept(5, 100)).isCloseTo(decay * 0.000125, within(1e-12));
    assertThat(airbench.kept(50, 100)).isCloseTo(decay / 8, within(1e-12));
    assertThat(airbench.kept(100, 100)).isCloseTo(decay, within(1e-12));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Ema.of(1))
        .hasMessage("ema: decay must be at least 0.0 and below 1.0, got 1.0");
    assertThatThrownBy(() -> new Ema(0.9, 0, Ema.Start.NONE))
        .hasMessage("ema: every must be at least 1, got 0");
    assertThatThrownBy(() -> new Lookahead(0, 0.5, 0))
        .hasMessage("lookahead: every must be at least 1, got 0");
    assertThatThrownBy(() -> new Lookahead(5, 0, 0))
        .hasMessage("lookahead: alpha must be above 0 and at most 1, got 0.0");
    assertThatThrownBy(() -> new Lookahead(5, 0.5, -1))
        .hasMessage("lookahead: power must be a number of at least 0, got -1.0");
  }

  private Parameters weights(float... values) {
    return new Parameters(layout, values);
  }

  private static int[] bits(Parameters parameters) {
    float[] values = parameters.values();
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }
}
