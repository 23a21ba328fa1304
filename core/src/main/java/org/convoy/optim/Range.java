package org.convoy.optim;

/** Checks of the numbers in optimizers and schedules, with messages alike. */
final class Range {
  private Range() {}

  /**
   * @throws IllegalArgumentException unless the value is a number that is at least 0
   */
  static void atLeastZero(String what, double value) {
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(what + " must be a number of at least 0, got " + value);
    }
  }

  /**
   * @throws IllegalArgumentException unless the value is a number above 0
   */
  static void positive(String what, double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(what + " must be a number above 0, got " + value);
    }
  }

  /**
   * @throws IllegalArgumentException unless the count is at least 1
   */
  static void atLeastOne(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, got " + value);
    }
  }

  /** At least {@code low} and below {@code high}. */
  static void below(String what, double value, double low, double high) {
    if (!(value >= low && value < high)) {
      throw new IllegalArgumentException(
          what + " must be at least " + low + " and below " + high + ", got " + value);
    }
  }

  /** At least {@code low} and at most {@code high}. */
  static void within(String what, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          what + " must be in " + low + ".." + high + ", got " + value);
    }
  }

  /** A number of at least {@code minimum}, which is one of the options too. */
  static void notBelowMinimum(String what, double value, double minimum) {
    if (!(value >= minimum) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          what + " must be at least the minimum of " + minimum + ", got " + value);
    }
  }
}
