package org.convoy.filter;

/** Functions of the distance from a kernel's middle, taken at whole pixels, in double precision. */
final class Samples {
  private Samples() {}

  static void checkSigma(double sigma) {
    if (!(sigma > 0 && sigma <= Kernel.LARGEST_SIZE)) {
      throw new IllegalArgumentException(
          "sigma must be above 0, at most " + Kernel.LARGEST_SIZE + " pixels, got " + sigma);
    }
  }

  /** The odd size that reaches so far to either side, if a kernel may be so large. */
  static int sizeFor(double reach) {
    return Math.min(2 * (int) Math.ceil(reach) + 1, Kernel.LARGEST_SIZE);
  }

  /** Squared distance in pixels from the middle of a square. */
  static double squaredDistance(int x, int y, int size) {
    double dx = x - size / 2;
    double dy = y - size / 2;
    return dx * dx + dy * dy;
  }

  /** A Gaussian whose values add up to 1. */
  static double[][] gaussian(int size, double sigma) {
    double[][] values = new double[size][size];
    double sum = 0;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        values[y][x] = StrictMath.exp(-squaredDistance(x, y, size) / (2 * sigma * sigma));
        sum += values[y][x];
      }
    }
    for (double[] row : values) {
      for (int x = 0; x < size; x++) {
        row[x] /= sum;
      }
    }
    return values;
  }

  static float[][] toFloats(double[][] values) {
    float[][] rows = new float[values.length][];
    for (int y = 0; y < rows.length; y++) {
      rows[y] = new float[values[y].length];
      for (int x = 0; x < rows[y].length; x++) {
        rows[y][x] = (float) values[y][x];
      }
    }
    return rows;
  }
}
