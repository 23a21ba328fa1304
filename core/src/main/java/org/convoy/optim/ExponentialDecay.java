package org.convoy.optim;

import org.convoy.description.Default;

/**
 * {@code learningRate * gamma^epoch}, constant within an epoch: PyTorch's {@code ExponentialLR}.
 *
 * @param learningRate at least 0
 * @param gamma factor from one epoch to the next, above 0
 */
public record ExponentialDecay(double learningRate, double gamma, @Default("{}") Warmup warmup)
    implements LearningRate {
  public ExponentialDecay {
    Range.atLeastZero("exponential: learningRate", learningRate);
    Range.positive("exponential: gamma", gamma);
  }

  @Override
  public double at(long step, long stepsPerEpoch, long totalSteps) {
    long epoch = step / stepsPerEpoch;
    return learningRate
        * StrictMath.pow(gamma, (double) epoch)
        * warmup.factor(step, stepsPerEpoch);
  }
}
