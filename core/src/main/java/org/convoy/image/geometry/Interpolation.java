package org.convoy.image.geometry;

/** How a value between pixels is made of the pixels around it, on each axis by itself. */
public enum Interpolation {
  /** Of the two nearest, by their distance. */
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - distance);
    }

    @Override
    void weights(double fraction, double coverage, float[] weights, int from, int step) {
      weights[from] = (float) ((1 - fraction) * coverage);
      weights[from + step] = (float) (fraction * coverage);
    }
  },

  /**
   * Of the four nearest, by a cubic that passes through the pixels' values with the slope of a
   * parabola (Keys, "Cubic convolution interpolation for digital image processing", 1981, with a =
   * -1/2). Sharper; values may leave [0, 1] by a little at edges.
   */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      if (distance < 1) {
        return (1.5 * distance - 2.5) * distance * distance + 1;
      }
      return distance < 2 ? ((-0.5 * distance + 2.5) * distance - 4) * distance + 2 : 0;
    }

    @Override
    void weights(double fraction, double coverage, float[] weights, int from, int step) {
      weights[from] = (float) (weight(1 + fraction) * coverage);
      weights[from + step] = (float) (weight(fraction) * coverage);
      weights[from + 2 * step] = (float) (weight(1 - fraction) * coverage);
      weights[from + 3 * step] = (float) (weight(2 - fraction) * coverage);
    }
  };

  private final int reach;

  Interpolation(int reach) {
    this.reach = reach;
  }

  /** Pixels farther away than this count for nothing, where nothing is shrunk. */
  int reach() {
    return reach;
  }

  /** How much a pixel counts for a place at a distance from it, at least 0. */
  abstract double weight(double distance);

  /**
   * Weights of the {@code 2 * reach} pixels around a place.
   *
   * @param fraction how far it is from the last pixel before it, in [0, 1)
   * @param coverage what all weights are multiplied by
   * @param from index of the first weight
   * @param step from one weight to the next
   */
  abstract void weights(double fraction, double coverage, float[] weights, int from, int step);
}
