package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.convoy.nn.ParameterLayout;
import org.junit.jupiter.api.Test;

class LarsTest {
  /** One weight of two elements and one bias. */
  private final ParameterLayout layout = Layouts.weightAndBias(1, 2);

  private final ParameterRates alike = ParameterRates.alike(layout);

  @Test
  void theLocalRateIsTheQuotientOfTheNorms() {
    Lars lars = new Lars(0, 0, 0.5, 0);
    float[] parameters = {3, 4, 7};
    float[] gradient = {0, 2, 1};

    lars.step(parameters, gradient, 0.1, lars.newState(layout), alike);

    // |w| = 5, |g| = 2: local = 0.5 * 5 / 2 = 1.25, so the weight moves by 0.125 g.
    assertThat(parameters).containsExactly(new float[] {3, 3.75f, 6.9f}, within(1e-6f));
  }

  @Test
  void weightDecayIsInTheDenominatorAndInTheDirection() {
    Lars lars = new Lars(0, 0.2, 0.5, 1);
    float[] parameters = {3, 4, 7};
    float[] gradient = {0, 2, 1};

    lars.step(parameters, gradient, 0.1, lars.newState(layout), alike);

    // local = 0.5 * 5 / (2 + 0.2 * 5 + 1) = 0.625; g + 0.2 w = (0.6, 2.8); the bias decays not.
    assertThat(parameters)
        .containsExactly(new float[] {3 - 0.0375f, 4 - 0.175f, 6.9f}, within(1e-6f));
  }

  @Test
  void theVelocityHoldsTheRate() {
    Lars lars = new Lars(0.5, 0, 0.5, 0);
    OptimizerState state = lars.newState(layout);
    float[] parameters = {3, 4, 7};

    lars.step(parameters, new float[] {0, 2, 1}, 0.1, state, alike);
    lars.step(parameters, new float[] {0, 0, 0}, 0, state, alike);

    assertThat(parameters)
        .containsExactly(new float[] {3, 4 - 0.25f - 0.125f, 7 - 0.1f - 0.05f}, within(1e-6f));
  }

  @Test
  void withoutWeightOrGradientTheLocalRateIsOne() {
    Lars lars = new Lars(0, 0, 0.5, 0);
    float[] parameters = {0, 0, 0};

    lars.step(parameters, new float[] {1, -2, 0}, 0.1, lars.newState(layout), alike);

    assertThat(parameters).containsExactly(new float[] {-0.1f, 0.2f, 0}, within(1e-7f));
  }

  @Test
  void aGroupCanDecayABias() {
    Lars lars = new Lars(0, 0, 0.5, 0);
    ParameterGroup decayed = new ParameterGroup(List.of("*.bias"), 1, Optional.of(0.5), false);
    float[] parameters = {3, 4, 8};

    lars.step(
        parameters,
        new float[] {0, 0, 0},
        0.5,
        lars.newState(layout),
        ParameterGroups.of(decayed).resolve(layout));

    assertThat(parameters).containsExactly(3, 4, 6);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Lars(1, 0, 0.001, 0))
        .hasMessage("lars: momentum must be at least 0.0 and below 1.0, got 1.0");
    assertThatThrownBy(() -> new Lars(0, -1, 0.001, 0))
        .hasMessage("lars: weightDecay must be a number of at least 0, got -1.0");
    assertThatThrownBy(() -> new Lars(0, 0, 0, 0))
        .hasMessage("lars: trustCoefficient must be a number above 0, got 0.0");
  }
}
