package org.convoy.optim;

import org.convoy.description.Default;
import org.convoy.nn.ParameterLayout;

/**
 * Layer-wise adaptive rate scaling (You, Gitman and Ginsburg 2017, algorithm 1): every parameter w
 * with gradient g has a local rate from their Euclidean norms,
 *
 * <pre>
 *   local = trustCoefficient * |w| / (|g| + weightDecay * |w| + eps)
 *   v = momentum * v + learningRate * local * (g + weightDecay * w)
 *   w = w - v
 * </pre>
 *
 * The local rate is 1 where |w| or |g| is 0. Biases, and the scale and shift of normalizations,
 * have a local rate of 1 and no weight decay but what their group gives them. The learning rate is
 * inside v, as in the paper: a change of rate comes gradually.
 *
 * @param momentum 0 (none) to below 1
 * @param weightDecay at least 0
 * @param trustCoefficient eta in the paper, above 0
 * @param eps at least 0
 */
public record Lars(
    @Default("0.9") double momentum,
    @Default("0") double weightDecay,
    @Default("0.001") double trustCoefficient,
    @Default("1e-8") double eps)
    implements Optimizer {
  private static final String VELOCITY = "momentum";

  public Lars {
    Range.below("lars: momentum", momentum, 0, 1);
    Range.atLeastZero("lars: weightDecay", weightDecay);
    Range.positive("lars: trustCoefficient", trustCoefficient);
    Range.atLeastZero("lars: eps", eps);
  }

  /** The paper's momentum and trust coefficient, no weight decay. */
  public Lars() {
    this(0.9, 0, 0.001, 1e-8);
  }

  @Override
  public OptimizerState newState(ParameterLayout layout) {
    return OptimizerState.zeros(layout, VELOCITY);
  }

  @Override
  public void step(
      float[] parameters,
      float[] gradient,
      double learningRate,
      OptimizerState state,
      ParameterRates rates) {
    state.requireFit(parameters, gradient, rates.layout());
    float[] velocity = state.vector(VELOCITY);
    float kept = (float) momentum;
    for (ParameterRate slice : rates.learning()) {
      boolean spared = slice.isBiasOrNormalization();
      double decay = slice.weightDecay(spared ? 0 : weightDecay);
      double local = spared ? 1 : localRate(parameters, gradient, slice, decay);
      float rate = (float) (slice.learningRate(learningRate) * local);
      float decayed = (float) decay;
      for (int i = slice.begin(); i < slice.end(); i++) {
        float direction = Math.fma(decayed, parameters[i], gradient[i]);
        velocity[i] = Math.fma(kept, velocity[i], rate * direction);
        parameters[i] -= velocity[i];
      }
    }
    state.countStep();
  }

  private double localRate(
      float[] parameters, float[] gradient, ParameterRate slice, double decay) {
    double weight = GradientClipping.norm(parameters, slice.begin(), slice.end());
    double slope = GradientClipping.norm(gradient, slice.begin(), slice.end());
    return weight == 0 || slope == 0
        ? 1
        : trustCoefficient * weight / (slope + decay * weight + eps);
  }
}
