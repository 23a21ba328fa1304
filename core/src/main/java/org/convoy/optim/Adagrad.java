package org.convoy.optim;

import java.util.Arrays;
import org.convoy.description.Default;
import org.convoy.nn.ParameterLayout;

/**
 * Adagrad (Duchi et al. 2011) as PyTorch has it: with d = gradient + weightDecay * p, and t
 * counting steps from 0,
 *
 * <pre>
 *   s = s + d^2
 *   p = p - learningRate / (1 + lrDecay * t) * d / (sqrt(s) + eps)
 * </pre>
 *
 * @param lrDecay how fast the rate falls beside the schedule, at least 0
 * @param weightDecay at least 0; an L2 term in the gradient
 * @param initialAccumulatorValue what s begins with, at least 0
 * @param eps above 0
 */
public record Adagrad(
    @Default("0") double lrDecay,
    @Default("0") double weightDecay,
    @Default("0") double initialAccumulatorValue,
    @Default("1e-10") double eps)
    implements Optimizer {
  private static final String SUM = "sum";

  public Adagrad {
    Range.atLeastZero("adagrad: lrDecay", lrDecay);
    Range.atLeastZero("adagrad: weightDecay", weightDecay);
    Range.atLeastZero("adagrad: initialAccumulatorValue", initialAccumulatorValue);
    Range.positive("adagrad: eps", eps);
  }

  /** PyTorch's defaults. */
  public Adagrad() {
    this(0, 0, 0, 1e-10);
  }

  @Override
  public OptimizerState newState(ParameterLayout layout) {
    OptimizerState state = OptimizerState.zeros(layout, SUM);
    Arrays.fill(state.vector(SUM), (float) initialAccumulatorValue);
    return state;
  }

  @Override
  public void step(
      float[] parameters,
      float[] gradient,
      double learningRate,
      OptimizerState state,
      ParameterRates rates) {
    state.requireFit(parameters, gradient, rates.layout());
    float[] sum = state.vector(SUM);
    double fallen = learningRate / (1 + lrDecay * state.stepCount());
    float small = (float) eps;
    for (ParameterRate slice : rates.learning()) {
      float rate = (float) slice.learningRate(fallen);
      float decay = (float) slice.weightDecay(weightDecay);
      for (int i = slice.begin(); i < slice.end(); i++) {
        float direction = Math.fma(decay, parameters[i], gradient[i]);
        sum[i] = Math.fma(direction, direction, sum[i]);
        float divisor = (float) Math.sqrt(sum[i]) + small;
        parameters[i] = Math.fma(-rate, direction / divisor, parameters[i]);
      }
    }
    state.countStep();
  }
}
