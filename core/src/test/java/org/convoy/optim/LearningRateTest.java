package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.convoy.optim.OneCycle.Anneal;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static final double EXACT = 1e-15;

  @Test
  void decaysStatedInEpochsChangeBetweenEpochsOnly() {
    LearningRate schedule = new StepDecay(1, 2, 0.5, Warmup.NONE);

    assertThat(schedule.at(19, 10, 50)).isEqualTo(1);
    assertThat(schedule.at(20, 10, 50)).isEqualTo(0.5);
    assertThat(schedule.at(39, 10, 50)).isEqualTo(0.5);
    assertThat(schedule.at(40, 10, 50)).isEqualTo(0.25);
  }

  @Test
  void aFractionalMilestoneIsReachedInsideItsEpoch() {
    LearningRate schedule = new MultiStepDecay(1, List.of(1.25), 0.5, Warmup.NONE);

    assertThat(schedule.at(12, 10, 50)).isEqualTo(1);
    assertThat(schedule.at(13, 10, 50)).isEqualTo(0.5);
  }

  @Test
  void milestonesAreCountedFromTheBeginningOfTheRunAlsoWithAWarmup() {
    LearningRate schedule = new MultiStepDecay(1, List.of(3.0), 0.5, Warmup.epochs(2, 0.5));

    assertThat(schedule.at(0, 10, 50)).isEqualTo(0.5);
    assertThat(schedule.at(10, 10, 50)).isEqualTo(0.75);
    assertThat(schedule.at(20, 10, 50)).isEqualTo(1);
    assertThat(schedule.at(29, 10, 50)).isEqualTo(1);
    assertThat(schedule.at(30, 10, 50)).isEqualTo(0.5);
  }

  @Test
  void aStraightLineEndsAtItsMinimumAndStaysThere() {
    LearningRate schedule = new PolynomialDecay(1, 1, 0.5, Warmup.NONE);

    assertThat(schedule.at(2, 1, 4)).isEqualTo(0.75);
    assertThat(schedule.at(4, 1, 4)).isEqualTo(0.5);
    assertThat(schedule.at(9, 1, 4)).isEqualTo(0.5);
  }

  @Test
  void aWarmupLongerThanTheRunOnlyRises() {
    LearningRate schedule = new CosineDecay(1, 0, Warmup.steps(8, 0.5));

    assertThat(schedule.at(0, 1, 4)).isEqualTo(0.5);
    assertThat(schedule.at(2, 1, 4)).isEqualTo(0.625);
    assertThat(schedule.at(3, 1, 4)).isEqualTo(0.6875);
  }

  /** Phases by hand: 21 steps, 0.5 * 21 - 1 = 9.5 up from 0.25, 10.5 down to 0.25 / 4. */
  @Test
  void oneCycleRisesAndFallsInStraightLines() {
    LearningRate schedule = new OneCycle(1, 0.5, 4, 4, Anneal.LINEAR);

    assertThat(schedule.at(0, 1, 21)).isCloseTo(0.25, within(EXACT));
    assertThat(schedule.at(9, 1, 21)).isCloseTo(0.25 + 0.75 * 9 / 9.5, within(EXACT));
    assertThat(schedule.at(10, 1, 21)).isCloseTo(1 - 0.9375 * 0.5 / 10.5, within(EXACT));
    assertThat(schedule.at(20, 1, 21)).isCloseTo(0.0625, within(EXACT));
    assertThat(schedule.at(99, 1, 21)).isCloseTo(0.0625, within(EXACT));
  }

  @Test
  void oneCycleRisesAndFallsInHalfCosines() {
    LearningRate schedule = new OneCycle(1, 0.5, 4, 4, Anneal.COSINE);

    assertThat(schedule.at(0, 1, 10)).isCloseTo(0.25, within(EXACT));
    assertThat(schedule.at(2, 1, 10)).isCloseTo(0.625, within(EXACT));
    assertThat(schedule.at(4, 1, 10)).isCloseTo(1, within(EXACT));
    assertThat(schedule.at(9, 1, 10)).isCloseTo(0.0625, within(EXACT));
  }

  @Test
  void oneCycleOfASingleStepHasARate() {
    LearningRate schedule = new OneCycle(1, 0.5, 4, 4, Anneal.COSINE);

    assertThat(schedule.at(0, 1, 1)).isPositive();
    assertThat(schedule.at(0, 1, 2)).isPositive();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new ConstantRate(-1))
        .hasMessage("constant: learningRate must be a number of at least 0, got -1.0");
    assertThatThrownBy(() -> new StepDecay(1, 0, 0.1, Warmup.NONE))
        .hasMessage("step: epochs must be a number above 0, got 0.0");
    assertThatThrownBy(() -> new MultiStepDecay(1, List.of(3.0, 2.0), 0.1, Warmup.NONE))
        .hasMessage(
            "multistep: milestones must be epochs above 0 in ascending order, got [3.0, 2.0]");
    assertThatThrownBy(() -> new ExponentialDecay(1, Double.NaN, Warmup.NONE))
        .hasMessage("exponential: gamma must be a number above 0, got NaN");
    assertThatThrownBy(() -> new CosineDecay(0.1, 0.2, Warmup.NONE))
        .hasMessage("cosine: learningRate must be at least the minimum of 0.2, got 0.1");
    assertThatThrownBy(() -> new PolynomialDecay(1, 0, 0, Warmup.NONE))
        .hasMessage("polynomial: power must be a number above 0, got 0.0");
    assertThatThrownBy(() -> new OneCycle(1, 1, 25, 1e4, Anneal.COSINE))
        .hasMessage("one-cycle: pctStart must be at least 0.0 and below 1.0, got 1.0");
    assertThatThrownBy(() -> new Warmup(0, 0, 0))
        .hasMessage("warmup: startFactor must be above 0 and at most 1, got 0.0");
    assertThatThrownBy(() -> new Warmup(1, 100, 0.1))
        .hasMessage(
            "warmup: give its length in epochs or in steps, not both, got 1.0 epochs and 100"
                + " steps");
  }
}
