package org.convoy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.convoy.nn.ParameterLayout;
import org.junit.jupiter.api.Test;

/** Adam, AdamW, RMSprop and Adagrad by hand, beside what PyTorch recorded. */
class AdaptiveOptimizersTest {
  private final ParameterLayout layout = Layouts.weightAndBias(1, 1);
  private final ParameterRates alike = ParameterRates.alike(layout);

  @Test
  void adamsFirstStepIsAsLongAsTheRateWhateverTheGradient() {
    float[] parameters = {1, 1};
    Adam adam = new Adam();

    adam.step(parameters, new float[] {1e-3f, -250}, 0.1, adam.newState(layout), alike);

    assertThat(parameters).containsExactly(new float[] {0.9f, 1.1f}, within(2e-6f));
  }

  @Test
  void amsgradNeverForgetsALargeGradient() {
    Adam plain = new Adam(0, 0.5, 1e-8, 0, false);
    Adam amsgrad = new Adam(0, 0.5, 1e-8, 0, true);

    // After 8, then twenty times 1, the mean of squares is near 1 again, the largest is still 32.
    assertThat(lastStepOf(plain)).isCloseTo(0.1, within(1e-3));
    assertThat(lastStepOf(amsgrad)).isCloseTo(0.1 / Math.sqrt(32), within(1e-3));
  }

  private double lastStepOf(Adam adam) {
    OptimizerState state = adam.newState(layout);
    float[] parameters = {0, 0};
    adam.step(parameters, new float[] {8, 8}, 0.1, state, alike);
    float before = 0;
    for (int step = 0; step < 20; step++) {
      before = parameters[0];
      adam.step(parameters, new float[] {1, 1}, 0.1, state, alike);
    }
    return before - parameters[0];
  }

  @Test
  void adamWShrinksWeightsWithoutAGradient() {
    float[] parameters = {2, -4};
    AdamW adamW = new AdamW(0.9, 0.999, 1e-8, 0.5, false);

    adamW.step(parameters, new float[] {0, 0}, 0.5, adamW.newState(layout), alike);

    assertThat(parameters).containsExactly(1.5f, -3f);
  }

  @Test
  void adagradDividesByTheRootOfTheSumOfSquares() {
    Adagrad adagrad = new Adagrad(1, 0, 7, 1e-10);
    OptimizerState state = adagrad.newState(layout);
    float[] parameters = {1, 1};

    assertThat(state.vector("sum")).containsOnly(7f);
    adagrad.step(parameters, new float[] {3, 0}, 0.4, state, alike);
    assertThat(parameters).containsExactly(new float[] {1 - 0.4f * 3 / 4, 1}, within(1e-6f));
    assertThat(state.vector("sum")).containsExactly(16f, 7f);

    // The second step has half the rate, for lrDecay = 1; the sum of squares becomes 25.
    adagrad.step(parameters, new float[] {3, 0}, 0.4, state, alike);
    assertThat(parameters).containsExactly(new float[] {0.7f - 0.2f * 3 / 5, 1}, within(1e-6f));
  }

  @Test
  void centeredRmsPropTakesANegativeVarianceForZero() {
    RmsProp centered = new RmsProp(0.5, 1e-3, 0, 0, true);
    OptimizerState state = centered.newState(layout);
    float[] parameters = {0, 0};

    for (int step = 0; step < 60; step++) {
      centered.step(parameters, new float[] {0.1f, 3e-20f}, 1e-3, state, alike);
    }

    assertThat(Float.isFinite(parameters[0]) && Float.isFinite(parameters[1])).isTrue();
    assertThat(parameters[0]).isNegative();
  }

  @Test
  void onlyWhatIsNeededIsRemembered() {
    assertThat(new Adam().newState(layout).names()).containsExactly("exp_avg", "exp_avg_sq");
    assertThat(new AdamW(0.9, 0.99, 1e-8, 0, true).newState(layout).names())
        .containsExactly("exp_avg", "exp_avg_sq", "max_exp_avg_sq");
    assertThat(new RmsProp().newState(layout).names()).containsExactly("square_avg");
    assertThat(new RmsProp(0.9, 1e-8, 0, 0.9, true).newState(layout).names())
        .containsExactly("square_avg", "grad_avg", "momentum_buffer");
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Adam(1, 0.999, 1e-8, 0, false))
        .hasMessage("adam: beta1 must be at least 0.0 and below 1.0, got 1.0");
    assertThatThrownBy(() -> new AdamW(0.9, 2, 1e-8, 0, false))
        .hasMessage("adamw: beta2 must be at least 0.0 and below 1.0, got 2.0");
    assertThatThrownBy(() -> new Adam(0.9, 0.999, 0, 0, false))
        .hasMessage("adam: eps must be a number above 0, got 0.0");
    assertThatThrownBy(() -> new RmsProp(1, 1e-8, 0, 0, false))
        .hasMessage("rmsprop: alpha must be at least 0.0 and below 1.0, got 1.0");
    assertThatThrownBy(() -> new Adagrad(-1, 0, 0, 1e-10))
        .hasMessage("adagrad: lrDecay must be a number of at least 0, got -1.0");
  }
}
