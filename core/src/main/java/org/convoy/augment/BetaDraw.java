package org.convoy.augment;

import org.convoy.random.RandomKey;

/**
 * Draws from Beta(alpha, alpha), as x / (x + y) of two that are drawn from Gamma(alpha): Marsaglia
 * and Tsang 2000, "A simple method for generating gamma variables", for alpha + 1, and a uniform
 * number to the power of 1 / alpha for one less. In logarithms, as such powers of small alphas are
 * smaller than any double; by {@link StrictMath} alone, for the same bits anywhere.
 */
final class BetaDraw {
  private BetaDraw() {}

  static void check(String name, double alpha) {
    if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": alpha must be above 0, got " + alpha);
    }
  }

  static double draw(RandomKey key, double alpha) {
    double difference = logGamma(key.with("y"), alpha) - logGamma(key.with("x"), alpha);
    return 1 / (1 + StrictMath.exp(difference));
  }

  /** Logarithm of a draw from Gamma(shape). */
  private static double logGamma(RandomKey key, double shape) {
    double d = shape + 1 - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    for (long attempt = 0; ; attempt++) {
      double x = key.gaussian(2 * attempt + 1);
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double u = 1 - key.uniform(2 * attempt + 2);
        if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          double power = StrictMath.log(1 - key.uniform(0)) / shape;
          return StrictMath.log(d * v) + power;
        }
      }
    }
  }
}
