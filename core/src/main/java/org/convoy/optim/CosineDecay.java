package org.convoy.optim;

import org.convoy.description.Default;

/**
 * Half a cosine from the full rate down to a minimum, in every step (Loshchilov and Hutter 2017,
 * without restarts): {@code minimum + (learningRate - minimum) * (1 + cos(pi * t / T)) / 2}, where
 * T is the number of steps after the warm-up and t counts them. PyTorch's {@code CosineAnnealingLR}
 * with {@code T_max} = T; the minimum itself is what the step after the last one would have.
 *
 * @param learningRate at least {@code minimum}
 * @param minimum at least 0
 */
public record CosineDecay(
    double learningRate, @Default("0") double minimum, @Default("{}") Warmup warmup)
    implements LearningRate {
  public CosineDecay {
    Range.atLeastZero("cosine: minimum", minimum);
    Range.notBelowMinimum("cosine: learningRate", learningRate, minimum);
  }

  @Override
  public double at(long step, long stepsPerEpoch, long totalSteps) {
    double progress = warmup.progressAfter(step, stepsPerEpoch, totalSteps);
    double height = (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    return (minimum + (learningRate - minimum) * height) * warmup.factor(step, stepsPerEpoch);
  }
}
