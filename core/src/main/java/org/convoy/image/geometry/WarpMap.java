package org.convoy.image.geometry;

/**
 * Moves each position by a smooth random field: noise blurred by a Gaussian. The noise reaches as
 * far beyond the picture as the Gaussian does, so that the field is as strong at the edges as in
 * the middle. Between pixels the field is interpolated bilinearly.
 *
 * @param noise of the two axes
 * @param strength by which the blurred noise is multiplied, giving pixels
 * @param sigma of the Gaussian, in pixels
 * @param height rows of input and output
 * @param width columns of input and output
 */
public record WarpMap(Noise noise, float strength, double sigma, int height, int width)
    implements InverseMap {
  private static final int ROWS = 0;
  private static final int COLUMNS = 1;
  private static final int HALF_BLURRED = 2;
  private static final int LINE = 3;
  private static final int WEIGHTS = 4;

  /** Values that belong together with their numbers, and depend on nothing else. */
  @FunctionalInterface
  public interface Noise {
    /**
     * @param axis 0 for rows, 1 for columns
     * @param draw which value
     */
    float value(int axis, long draw);
  }

  /** The Gaussian is cut off at three sigma. */
  private int radius() {
    return (int) Math.ceil(3 * sigma);
  }

  @Override
  public void prepare(Scratch scratch) {
    float[] weights = weights(scratch);
    blur(ROWS, weights, scratch);
    blur(COLUMNS, weights, scratch);
  }

  private float[] weights(Scratch scratch) {
    int radius = radius();
    float[] weights = scratch.floats(WEIGHTS, 2 * radius + 1);
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += StrictMath.exp(-i * i / (2 * sigma * sigma));
    }
    for (int i = -radius; i <= radius; i++) {
      weights[radius + i] = (float) (StrictMath.exp(-i * i / (2 * sigma * sigma)) / sum);
    }
    return weights;
  }

  /** Fills the field of one axis: along rows first, then across them. */
  private void blur(int axis, float[] weights, Scratch scratch) {
    int taps = 2 * radius() + 1;
    int wideWidth = width + taps - 1;
    int wideHeight = height + taps - 1;
    float[] line = scratch.floats(LINE, wideWidth);
    float[] half = scratch.floats(HALF_BLURRED, wideHeight * width);
    float[] field = scratch.floats(axis, height * width);
    for (int y = 0; y < wideHeight; y++) {
      for (int x = 0; x < wideWidth; x++) {
        line[x] = strength * noise.value(axis, (long) y * wideWidth + x);
      }
      weigh(line, 0, 1, weights, taps, half, y * width);
    }
    for (int y = 0; y < height; y++) {
      weigh(half, y * width, width, weights, taps, field, y * width);
    }
  }

  /** A row of sums: over k of weights[k] * input[from + k * step + x]. */
  private void weigh(
      float[] input, int from, int step, float[] weights, int taps, float[] output, int to) {
    for (int x = 0; x < width; x++) {
      output[to + x] = 0;
    }
    for (int k = 0; k < taps; k++) {
      float weight = weights[k];
      int start = from + k * step;
      for (int x = 0; x < width; x++) {
        output[to + x] += weight * input[start + x];
      }
    }
  }

  @Override
  public void toInput(double[] rows, double[] columns, int count, Scratch scratch) {
    float[] down = scratch.floats(ROWS, height * width);
    float[] right = scratch.floats(COLUMNS, height * width);
    for (int i = 0; i < count; i++) {
      int row = Math.min(Math.max((int) rows[i], 0), height - 1);
      int column = Math.min(Math.max((int) columns[i], 0), width - 1);
      int at = row * width + column;
      int below = row + 1 < height ? width : 0;
      int beside = column + 1 < width ? 1 : 0;
      double y = rows[i] - row;
      double x = columns[i] - column;
      rows[i] += between(down, at, below, beside, y, x);
      columns[i] += between(right, at, below, beside, y, x);
    }
  }

  private static double between(float[] field, int at, int below, int beside, double y, double x) {
    double top = field[at] + x * (field[at + beside] - field[at]);
    double bottom = field[at + below] + x * (field[at + below + beside] - field[at + below]);
    return top + y * (bottom - top);
  }
}
