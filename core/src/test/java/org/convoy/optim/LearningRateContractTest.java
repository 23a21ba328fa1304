package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.optim.OneCycle.Anneal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered schedule promises. A new one adds its samples here. */
class LearningRateContractTest {
  private static final Warmup WARMUP = Warmup.epochs(1.5, 0.25);
  private static final Map<String, List<LearningRate>> SAMPLES =
      Map.of(
          "constant",
          List.of(new ConstantRate(0.1), new ConstantRate(0.1, WARMUP)),
          "step",
          List.of(new StepDecay(0.1, 2, 0.5, Warmup.NONE), new StepDecay(0.1, 0.5, 0.5, WARMUP)),
          "multistep",
          List.of(
              new MultiStepDecay(0.1, List.of(2.0, 3.5), 0.2, Warmup.NONE),
              new MultiStepDecay(0.1, List.of(2.0), 0.2, WARMUP)),
          "exponential",
          List.of(
              new ExponentialDecay(0.1, 0.9, Warmup.NONE), new ExponentialDecay(0.1, 0.9, WARMUP)),
          "polynomial",
          List.of(
              new PolynomialDecay(0.1, 2, 0.01, Warmup.NONE),
              new PolynomialDecay(0.1, 0.9, 0, WARMUP)),
          "cosine",
          List.of(new CosineDecay(0.1, 0.01, Warmup.NONE), new CosineDecay(0.1, 0, WARMUP)),
          "one-cycle",
          List.of(
              new OneCycle(0.1, 0.3, 25, 1e4, Anneal.COSINE),
              new OneCycle(0.1, 0, 10, 100, Anneal.LINEAR)));

  private final RecordCodec codec = new RecordCodec(List.of(LearningRates.registry()));

  static Stream<LearningRate> samples() {
    return SAMPLES.values().stream().flatMap(List::stream);
  }

  @Test
  void everyRegisteredScheduleHasSamples() {
    assertThat(SAMPLES.keySet())
        .containsExactlyInAnyOrderElementsOf(LearningRates.registry().names());
    SAMPLES.forEach(
        (name, samples) ->
            assertThat(samples)
                .allSatisfy(
                    sample -> assertThat(LearningRates.registry().nameOf(sample)).isEqualTo(name)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyRateIsFiniteAndAtMostTheBase(LearningRate schedule) {
    for (long stepsPerEpoch : new long[] {1, 3, 10}) {
      for (long totalSteps : new long[] {1, 2, 7, 50}) {
        for (long step = 0; step < totalSteps + 5; step++) {
          assertThat(schedule.at(step, stepsPerEpoch, totalSteps))
              .as("step %d of %d, %d an epoch", step, totalSteps, stepsPerEpoch)
              .isBetween(0.0, 0.1 + 1e-15);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theDescriptionComesBack(LearningRate schedule) {
    String written = Json.write(codec.describe(LearningRates.registry(), schedule));

    assertThat(codec.read(LearningRates.registry(), Json.parse(written), "learning rate"))
        .isEqualTo(schedule);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void travelsInJavaSerialization(LearningRate schedule) throws Exception {
    assertThat(OptimizerContractTest.overTheWire(schedule)).isEqualTo(schedule);
  }

  @Test
  void aRecipeMayBeShort() {
    Object described =
        Json.parse("{\"type\": \"cosine\", \"learningRate\": 0.4, \"warmup\": {\"epochs\": 5}}");

    assertThat(codec.read(LearningRates.registry(), described, "learning rate"))
        .isEqualTo(new CosineDecay(0.4, 0, Warmup.epochs(5, 0.1)));
  }
}
