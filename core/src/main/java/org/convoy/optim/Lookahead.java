package org.convoy.optim;

import org.convoy.description.Default;

/**
 * Lookahead (Zhang et al. 2019): every k steps the slow weights, an average, take a part of the way
 * to the fast ones, and training goes on from there. The part is 1 at the beginning of the run and
 * {@code alpha} at its end,
 *
 * <pre>
 *   1 - (1 - alpha) * (steps done / steps of the run)^power
 * </pre>
 *
 * so a power of 0 is the paper's constant alpha; an alpha of {@code 1 - 0.95^5 = 0.226} with a
 * power of 3 is what airbench94 does.
 *
 * @param every steps from one update to the next, at least 1
 * @param alpha above 0, at most 1
 * @param power at least 0
 */
public record Lookahead(
    @Default("5") int every, @Default("0.5") double alpha, @Default("0") double power)
    implements WeightAveraging {
  public Lookahead {
    Range.atLeastOne("lookahead: every", every);
    if (!(alpha > 0 && alpha <= 1)) {
      throw new IllegalArgumentException(
          "lookahead: alpha must be above 0 and at most 1, got " + alpha);
    }
    Range.atLeastZero("lookahead: power", power);
  }

  @Override
  public double kept(long stepsDone, long totalSteps) {
    double done = Math.min(1, (double) stepsDone / totalSteps);
    return (1 - alpha) * StrictMath.pow(done, power);
  }

  @Override
  public boolean goesOnFromAverage() {
    return true;
  }
}
