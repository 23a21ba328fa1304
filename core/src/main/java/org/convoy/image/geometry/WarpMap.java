package org.convoy.image.geometry;

import java.util.Arrays;

/**
 * Moves each position by a smooth random field: noise blurred by a Gaussian. The noise reaches as
 * far beyond the picture as the Gaussian does, so that the field is as strong at the edges as in
 * the middle. Between pixels the field is interpolated bilinearly.
 *
 * @param noise from which both axes take their own bits
 * @param strength pixels by which a value of 1 moves; values are uniform in [-1, 1) before the blur
 * @param sigma of the Gaussian, in pixels
 * @param height rows of input and output
 * @param width columns of input and output
 */
public record WarpMap(Noise noise, float strength, double sigma, int height, int width)
    implements InverseMap {
  private static final int ROWS = 0;
  private static final int COLUMNS = 1;
  private static final int NOISE = 2;
  private static final int HALF_BLURRED = 4;
  private static final int SHIFTED = 5;
  private static final int WEIGHTS = 6;

  /** Random bits that depend on their number alone. */
  @FunctionalInterface
  public interface Noise {
    /** The 64 bits with this number. */
    long bits(long draw);
  }

  /** The Gaussian is cut off at three sigma. */
  private int radius() {
    return (int) Math.ceil(3 * sigma);
  }

  @Override
  public void prepare(Scratch scratch) {
    drawNoise(scratch);
    float[] weights = weights(scratch);
    blur(ROWS, weights, scratch);
    blur(COLUMNS, weights, scratch);
  }

  /** 24 bits for rows and as many for columns. */
  private void drawNoise(Scratch scratch) {
    int size = (height + 2 * radius()) * pitch();
    float[] rows = scratch.floats(NOISE + ROWS, size);
    float[] columns = scratch.floats(NOISE + COLUMNS, size);
    float unit = strength * 0x1.0p-23f;
    for (int i = 0; i < size; i++) {
      long bits = noise.bits(i);
      rows[i] = unit * (bits >> 40);
      columns[i] = unit * (bits << 24 >> 40);
    }
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

  /**
   * Fills the field of one axis: across rows first, then along them. All rows are as long as those
   * of the noise, and are blurred as though they were one; what runs over from one into the next is
   * never looked at.
   */
  private void blur(int axis, float[] weights, Scratch scratch) {
    int size = height * pitch();
    float[] half = scratch.floats(HALF_BLURRED, size);
    float[] field = scratch.floats(axis, size);
    float[] shifted = scratch.floats(SHIFTED, size);
    weigh(scratch.floats(NOISE + axis, 0), pitch(), weights, half, size, shifted);
    weigh(half, 1, weights, field, size - 2 * radius(), shifted);
  }

  /** Length of a row of noise and of the field. */
  private int pitch() {
    return width + 2 * radius();
  }

  /**
   * output[i] = sum over k of weights[k] * input[i + k * step]. The input is copied to where both
   * loops count alike: only then does the compiler use vectors (3 against 20 microseconds for a
   * picture of 28x28 and 25 weights).
   */
  private void weigh(
      float[] input, int step, float[] weights, float[] output, int count, float[] shifted) {
    Arrays.fill(output, 0, count, 0);
    for (int k = 0; k <= 2 * radius(); k++) {
      System.arraycopy(input, k * step, shifted, 0, count);
      float weight = weights[k];
      for (int i = 0; i < count; i++) {
        output[i] += weight * shifted[i];
      }
    }
  }

  @Override
  public void toInput(double[] rows, double[] columns, int count, Scratch scratch) {
    int pitch = pitch();
    float[] down = scratch.floats(ROWS, height * pitch);
    float[] right = scratch.floats(COLUMNS, height * pitch);
    for (int i = 0; i < count; i++) {
      int row = Math.min(Math.max((int) rows[i], 0), height - 1);
      int column = Math.min(Math.max((int) columns[i], 0), width - 1);
      int at = row * pitch + column;
      int below = row + 1 < height ? pitch : 0;
      int beside = column + 1 < width ? 1 : 0;
      double y = rows[i] - row;
      double x = columns[i] - column;
      rows[i] += between(down, at, below, beside, y, x);
      columns[i] += between(right, at, below, beside, y, x);
    }
  }

  /** Greatest displacement of a pixel on either axis, in pixels. */
  public double farthest() {
    Scratch scratch = new Scratch();
    prepare(scratch);
    double farthest = 0;
    for (int axis = ROWS; axis <= COLUMNS; axis++) {
      float[] field = scratch.floats(axis, height * pitch());
      for (int i = 0; i < height * pitch(); i++) {
        boolean seen = i % pitch() < width;
        farthest = seen ? Math.max(farthest, Math.abs(field[i])) : farthest;
      }
    }
    return farthest;
  }

  private static double between(float[] field, int at, int below, int beside, double y, double x) {
    double top = field[at] + x * (field[at + beside] - field[at]);
    double bottom = field[at + below] + x * (field[at + below + beside] - field[at + below]);
    return top + y * (bottom - top);
  }
}
