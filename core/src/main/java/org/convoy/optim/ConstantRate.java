package org.convoy.optim;

import org.convoy.description.Default;

/**
 * One rate for the whole run, after the warm-up.
 *
 * @param learningRate at least 0
 */
public record ConstantRate(double learningRate, @Default("{}") Warmup warmup)
    implements LearningRate {
  public ConstantRate {
    Range.atLeastZero("constant: learningRate", learningRate);
  }

  /** Without warm-up. */
  public ConstantRate(double learningRate) {
    this(learningRate, Warmup.NONE);
  }

  @Override
  public double at(long step, long stepsPerEpoch, long totalSteps) {
    return learningRate * warmup.factor(step, stepsPerEpoch);
  }
}
