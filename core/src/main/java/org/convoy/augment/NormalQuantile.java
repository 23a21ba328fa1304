package org.convoy.augment;

/**
 * The inverse of the standard normal distribution, right to about seven digits (Wichura, "Algorithm
 * AS 241: the percentage points of the normal distribution", Applied Statistics 37, 1988, PPND7).
 * One in seven values needs a logarithm, so that many can be drawn.
 */
final class NormalQuantile {
  private NormalQuantile() {}

  /**
   * The value below which a standard normal number lies with this probability.
   *
   * @param probability in (0, 1)
   */
  static double of(double probability) {
    double q = probability - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q
          * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
          / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
    }
    double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? probability : 1 - probability));
    double value = r <= 5 ? near(r - 1.6) : far(r - 5);
    return q < 0 ? -value : value;
  }

  private static double near(double r) {
    return (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
        / ((0.12021132975 * r + 0.73700164250) * r + 1);
  }

  private static double far(double r) {
    return (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
        / ((0.012258202635 * r + 0.24197894225) * r + 1);
  }
}
