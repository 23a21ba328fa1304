package org.convoy.optim;

import org.convoy.description.Default;
import org.convoy.nn.ParameterLayout;

/**
 * Adam (Kingma and Ba 2015) as PyTorch has it: with d = gradient + weightDecay * p, and t counting
 * steps from 1,
 *
 * <pre>
 *   m = beta1 * m + (1 - beta1) * d
 *   s = beta2 * s + (1 - beta2) * d^2
 *   p = p - learningRate * (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + eps)
 * </pre>
 *
 * @param beta1 0 to below 1
 * @param beta2 0 to below 1
 * @param eps above 0
 * @param weightDecay at least 0; an L2 term in the gradient. {@link AdamW} decays the parameters
 *     themselves
 * @param amsgrad divides by the largest s so far (Reddi et al. 2018)
 */
public record Adam(
    @Default("0.9") double beta1,
    @Default("0.999") double beta2,
    @Default("1e-8") double eps,
    @Default("0") double weightDecay,
    @Default("false") boolean amsgrad)
    implements Optimizer {
  public Adam {
    AdamRule.check("adam", beta1, beta2, eps, weightDecay);
  }

  /** PyTorch's defaults. */
  public Adam() {
    this(0.9, 0.999, 1e-8, 0, false);
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
      double decay = slice.weightDecay(weightDecay);
      rule.update(parameters, gradient, slice, slice.learningRate(learningRate), decay);
    }
    state.countStep();
  }
}
