package org.convoy.image.geometry;

/** What lies beyond the edge of a picture. */
public enum Border {
  /** Black: value 0, before any change of values and before normalization. */
  ZERO {
    @Override
    double inside(double position, int size) {
      return Math.min(Math.max(position, 0), size - 1);
    }

    @Override
    double coverage(double position, int size) {
      double beyond = Math.max(-position, position - (size - 1));
      return beyond <= 0 ? 1 : Math.max(0, 1 - beyond);
    }
  },

  /** The outermost pixel, repeated. */
  EDGE {
    @Override
    double inside(double position, int size) {
      return Math.min(Math.max(position, 0), size - 1);
    }

    @Override
    double coverage(double position, int size) {
      return 1;
    }
  },

  /**
   * The picture mirrored at the centre of its outermost pixels, which are not repeated: c b | a b c
   * | b a.
   */
  REFLECT {
    @Override
    double inside(double position, int size) {
      if (position >= 0 && position <= size - 1) {
        return position;
      }
      if (size == 1) {
        return 0;
      }
      double period = 2.0 * (size - 1);
      double along = Math.abs(position) % period;
      return along > size - 1 ? period - along : along;
    }

    @Override
    double coverage(double position, int size) {
      return 1;
    }
  };

  /** The position in 0..size-1 whose value is seen at {@code position}. */
  abstract double inside(double position, int size);

  /** How much of that value is seen, in 0..1; the rest is black. */
  abstract double coverage(double position, int size);

  /**
   * The pixel in 0..size-1 that is seen at a whole position, inside or beyond the edge; -1 where
   * there is nothing but black.
   */
  public int pixel(int position, int size) {
    return coverage(position, size) == 0 ? -1 : (int) inside(position, size);
  }

  /**
   * A position that shows the same, from where whoever looks at pixels up to {@code margin} away
   * stays near the picture.
   */
  double near(double position, int size, double margin) {
    if (position >= 0 && position <= size - 1) {
      return position;
    }
    return this == REFLECT
        ? inside(position, size)
        : Math.min(Math.max(position, -margin), size - 1 + margin);
  }

  /**
   * Brings positions on one axis inside, and multiplies their coverage.
   *
   * @param positions in and out
   * @param coverage in and out, in 0..1
   * @param size length of the axis in pixels
   * @param count how many positions, from index 0
   */
  void settle(double[] positions, double[] coverage, int size, int count) {
    for (int i = 0; i < count; i++) {
      double position = positions[i];
      if (position < 0 || position > size - 1) {
        coverage[i] *= coverage(position, size);
        positions[i] = inside(position, size);
      }
    }
  }
}
