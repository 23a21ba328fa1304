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

  /** A padding that says how much, and not what for. */
  static Padding numbers(Padding padding, String name) {
    if (!(padding instanceof Padding.Explicit)) {
      throw new IllegalArgumentException(
          name + " must be numbers such as 1, [1, 0] or [[1, 2], [0, 1]]");
    }
    return padding;
  }

  /** The padding of a transposed convolution's output, which its stride bounds. */
  static Padding below(Extent stride, Padding outputPadding, int axes) {
    Padding padding = numbers(outputPadding, "outputPadding").onAxes(axes);
    for (int axis = 0; axis < axes; axis++) {
      Padding.Sides sides = padding.sides(axis, 0, 0, 1);
      if (sides.before() != sides.after() || sides.after() >= stride.at(axis)) {
        throw new IllegalArgumentException(
            String.format(
                "outputPadding must be one number below the stride for each axis, got %s with"
                    + " stride %s",
                padding.describe(), stride));
      }
    }
    return padding;
  }
}
