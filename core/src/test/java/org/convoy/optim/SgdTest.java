package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.nn.ParameterLayout;
import org.junit.jupiter.api.Test;

class SgdTest {
  private final ParameterLayout layout = Layouts.weightAndBias(1, 1);
  private final ParameterRates rates = ParameterRates.alike(layout);

  @Test
  void theFirstVelocityIsTheGradientEvenWithDampening() {
    Sgd sgd = new Sgd(0.5, 0.75, 0, false);
    OptimizerState state = sgd.newState(layout);
    float[] parameters = {1, 1};

    sgd.step(parameters, new float[] {4, 8}, 0.125, state, rates);
    assertThat(parameters).containsExactly(0.5f, 0f);

    sgd.step(parameters, new float[] {4, 8}, 0.125, state, rates);
    assertThat(state.vector("momentum")).containsExactly(3f, 6f);
    assertThat(parameters).containsExactly(0.125f, -0.75f);
  }

  @Test
  void withoutMomentumNothingIsRemembered() {
    OptimizerState state = Sgd.plain().newState(layout);

    assertThat(state.names()).isEmpty();
    assertThat(state.stepCount()).isZero();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Sgd(1, 0, 0, false))
        .hasMessage("sgd: momentum must be at least 0.0 and below 1.0, got 1.0");
    assertThatThrownBy(() -> new Sgd(Double.NaN, 0, 0, false))
        .hasMessage("sgd: momentum must be at least 0.0 and below 1.0, got NaN");
    assertThatThrownBy(() -> new Sgd(0.9, 2, 0, false))
        .hasMessage("sgd: dampening must be in 0.0..1.0, got 2.0");
    assertThatThrownBy(() -> new Sgd(0.9, 0, -1, false))
        .hasMessage("sgd: weightDecay must be a number of at least 0, got -1.0");
    assertThatThrownBy(() -> new Sgd(0, 0, 0, true))
        .hasMessage(
            "sgd: nesterov needs a momentum above 0 and a dampening of 0, got momentum 0.0 and"
                + " dampening 0.0");
  }

  @Test
  void vectorsOfAnotherNetworkAreRefused() {
    Sgd sgd = Sgd.withMomentum(0.9);
    OptimizerState state = sgd.newState(layout);
    OptimizerState longer = sgd.newState(Layouts.weightAndBias(2, 2));

    assertThatThrownBy(() -> sgd.step(new float[2], new float[3], 0.1, state, rates))
        .hasMessage("gradient: expected 2 numbers, as many as the network has parameters, got 3");
    assertThatThrownBy(() -> sgd.step(new float[2], new float[2], 0.1, longer, rates))
        .hasMessage(
            "optimizer state momentum: expected 2 numbers, as many as the network has parameters, got 6");
  }

  @Test
  void theStateOfAnotherOptimizerIsRefused() {
    OptimizerState empty = Sgd.plain().newState(layout);

    assertThatThrownBy(
            () -> Sgd.withMomentum(0.9).step(new float[2], new float[2], 0.1, empty, rates))
        .hasMessageContaining("has no vector 'momentum', only []")
        .hasMessageContaining("use the saved run's optimizer");
  }
}
