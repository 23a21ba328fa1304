package org.convoy.optim;

import org.convoy.description.Default;

/**
 * {@code learningRate * gamma^floor(epochs done / epochs)}: PyTorch's {@code StepLR}.
 *
 * @param learningRate at least 0
 * @param epochs between two decays, above 0; may be fractional
 * @param gamma factor of one decay, above 0
 */
public record StepDecay(
    double learningRate, double epochs, @Default("0.1") double gamma, @Default("{}") Warmup warmup)
    implements LearningRate {
  public StepDecay {
    Range.atLeastZero("step: learningRate", learningRate);
    Range.positive("step: epochs", epochs);
    Range.positive("step: gamma", gamma);
  }

  @Override
  public double at(long step, long stepsPerEpoch, long totalSteps) {
    double decays = StrictMath.floor(step / (epochs * stepsPerEpoch));
    return learningRate * StrictMath.pow(gamma, decays) * warmup.factor(step, stepsPerEpoch);
  }
}
