package org.convoy.nn.layer;

/** Checks that the layers' constructors share. */
final class Options {
  private Options() {}

  static void requireAtLeast(int minimum, String name, int value) {
    if (value < minimum) {
      throw new IllegalArgumentException(name + " must be at least " + minimum + ", got " + value);
    }
  }

  static void requirePositive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " must be above 0 and finite, got " + value);
    }
  }

  static void requireShare(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1], got " + value);
    }
  }

  static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
  }

  static Extent required(Extent extent, String name) {
    if (extent == null) {
      throw new IllegalArgumentException(name + " must be a size such as 5 or [5, 3]");
    }
    return extent;
  }
}
