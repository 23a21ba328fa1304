package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.convoy.nn.ParameterLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SgdTest {
  private final ParameterLayout layout = Layouts.weightAndBias(1, 1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optim_sgd",
        "optim_sgd_momentum",
        "optim_sgd_momentum_wd",
        "optim_sgd_dampening",
        "optim_sgd_nesterov",
        "optim_sgd_nesterov_wd"
      })
  void followsThePathThatPyTorchRecorded(String name) {
    Map<String, Object> recorded = ReferenceCases.named(name);
    Sgd sgd =
        new Sgd(
            ReferenceCases.number(recorded, "momentum"),
            ReferenceCases.number(recorded, "dampening"),
            ReferenceCases.number(recorded, "weight_decay"),
            ReferenceCases.flag(recorded, "nesterov"),
            true);
    float[] parameters = ReferenceCases.floats(recorded, "p");
    float[] gradients = ReferenceCases.floats(recorded, "grads");
    float[] expected = ReferenceCases.floats(recorded, "p_after");
    int length = parameters.length;
    ParameterLayout sixteen = Layouts.weightAndBias(4, length / 4 - 1);
    OptimizerState state = sgd.newState(sixteen);
    double tolerance = 3 * ReferenceCases.floatError(recorded, "p_after");

    for (int step = 0; step < expected.length / length; step++) {
      int begin = step * length;
      float[] gradient = Arrays.copyOfRange(gradients, begin, begin + length);
      sgd.step(parameters, gradient, ReferenceCases.number(recorded, "lr"), state, sixteen);
      for (int i = 0; i < length; i++) {
        assertThat((double) parameters[i])
            .as("step %d, element %d", step, i)
            .isCloseTo(expected[begin + i], within(tolerance));
      }
    }
  }

  @Test
  void theFirstVelocityIsTheGradientEvenWithDampening() {
    Sgd sgd = new Sgd(0.5, 0.75, 0, false, true);
    OptimizerState state = sgd.newState(layout);
    float[] parameters = {1, 1};

    sgd.step(parameters, new float[] {4, 8}, 0.125, state, layout);
    assertThat(parameters).containsExactly(0.5f, 0f);

    sgd.step(parameters, new float[] {4, 8}, 0.125, state, layout);
    assertThat(state.vector("momentum")).containsExactly(3f, 6f);
    assertThat(parameters).containsExactly(0.125f, -0.75f);
  }

  @Test
  void aSingleAxisIsSparedWeightDecayOnRequest() {
    float[] decayed = {2, 2};
    float[] spared = {2, 2};
    float[] gradient = {0, 0};
    Sgd all = new Sgd(0, 0, 0.5, false, true);
    Sgd weightsOnly = new Sgd(0, 0, 0.5, false, false);

    all.step(decayed, gradient, 0.5, all.newState(layout), layout);
    weightsOnly.step(spared, gradient, 0.5, weightsOnly.newState(layout), layout);

    assertThat(decayed).containsExactly(1.5f, 1.5f);
    assertThat(spared).containsExactly(1.5f, 2f);
  }

  @Test
  void withoutMomentumNothingIsRemembered() {
    OptimizerState state = Sgd.plain().newState(layout);

    assertThat(state.names()).isEmpty();
    assertThat(state.stepCount()).isZero();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Sgd(1, 0, 0, false, true))
        .hasMessage("sgd: momentum must be at least 0.0 and below 1.0, got 1.0");
    assertThatThrownBy(() -> new Sgd(Double.NaN, 0, 0, false, true))
        .hasMessage("sgd: momentum must be at least 0.0 and below 1.0, got NaN");
    assertThatThrownBy(() -> new Sgd(0.9, 2, 0, false, true))
        .hasMessage("sgd: dampening must be in 0.0..1.0, got 2.0");
    assertThatThrownBy(() -> new Sgd(0.9, 0, -1, false, true))
        .hasMessage("sgd: weightDecay must be a number of at least 0, got -1.0");
    assertThatThrownBy(() -> new Sgd(0, 0, 0, true, true))
        .hasMessage(
            "sgd: nesterov needs a momentum above 0 and a dampening of 0, got momentum 0.0 and"
                + " dampening 0.0");
  }

  @Test
  void vectorsOfAnotherNetworkAreRefused() {
    Sgd sgd = Sgd.withMomentum(0.9);
    OptimizerState state = sgd.newState(layout);
    OptimizerState longer = sgd.newState(Layouts.weightAndBias(2, 2));

    assertThatThrownBy(() -> sgd.step(new float[2], new float[3], 0.1, state, layout))
        .hasMessage("gradient: expected 2 numbers, as many as the network has parameters, got 3");
    assertThatThrownBy(() -> sgd.step(new float[2], new float[2], 0.1, longer, layout))
        .hasMessage(
            "optimizer state momentum: expected 2 numbers, as many as the network has parameters,"
                + " got 6");
  }

  @Test
  void theStateOfAnotherOptimizerIsRefused() {
    OptimizerState empty = Sgd.plain().newState(layout);

    assertThatThrownBy(
            () -> Sgd.withMomentum(0.9).step(new float[2], new float[2], 0.1, empty, layout))
        .hasMessageContaining("has no vector 'momentum', only []")
        .hasMessageContaining("use the saved run's optimizer");
  }
}
