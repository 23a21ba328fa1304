package org.convoy.optim;

import org.convoy.description.Default;

/**
 * {@code minimum + (learningRate - minimum) * (1 - t / T)^power} in every step, where T is the
 * number of steps after the warm-up and t counts them. With a minimum of 0, PyTorch's {@code
 * PolynomialLR} with {@code total_iters} = T; a power of 1 is a straight line.
 *
 * @param learningRate at least {@code minimum}
 * @param minimum at least 0
 * @param power above 0
 */
public record PolynomialDecay(
    double learningRate,
    @Default("1") double power,
    @Default("0") double minimum,
    @Default("{}") Warmup warmup)
    implements LearningRate {
  public PolynomialDecay {
    Range.atLeastZero("polynomial: minimum", minimum);
    Range.notBelowMinimum("polynomial: learningRate", learningRate, minimum);
    Range.positive("polynomial: power", power);
  }

  @Override
  public double at(long step, long stepsPerEpoch, long totalSteps) {
    double left = 1 - warmup.progressAfter(step, stepsPerEpoch, totalSteps);
    double rate = minimum + (learningRate - minimum) * StrictMath.pow(left, power);
    return rate * warmup.factor(step, stepsPerEpoch);
  }
}
