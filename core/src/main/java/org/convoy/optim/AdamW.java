package org.convoy.optim;

import org.convoy.description.Default;
import org.convoy.nn.ParameterLayout;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019) as PyTorch has it: {@code p = (1 -
 * learningRate * weightDecay) * p}, then {@link Adam} without decay.
 *
 * @param beta1 0 to below 1
 * @param beta2 0 to below 1
 * @param eps above 0
 * @param weightDecay at least 0
 * @param amsgrad divides by the largest mean of squares so far (Reddi et al. 2018)
 */
public record AdamW(
    @Default("0.9") double beta1,
    @Default("0.999") double beta2,
    @Default("1e-8") double eps,
    @Default("0.01") double weightDecay,
    @Default("false") boolean amsgrad)
    implements Optimizer {
  public AdamW {
    AdamRule.check("adamw", beta1, beta2, eps, weightDecay);
  }

  /** PyTorch's defaults. */
  public AdamW() {
    this(0.9, 0.999, 1e-8, 0.01, false);
  }

  @Override
  public OptimizerState newState(ParameterLayout layout) {
    return AdamRule.newState(layout, amsgrad);
  }

  @Override
  public void step(
      float[] parameters,
      float[] gradient,
      double learningRate,
      OptimizerState state,
      ParameterRates rates) {
    state.requireFit(parameters, gradient, rates.layout());
    AdamRule rule = new AdamRule(beta1, beta2, eps, amsgrad, state);
    for (ParameterRate slice : rates.learning()) {
      double rate = slice.learningRate(learningRate);
      Decay.shrink(parameters, slice, rate, weightDecay);
      rule.update(parameters, gradient, slice, rate, 0);
    }
    state.countStep();
  }
}
