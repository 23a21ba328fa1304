package org.convoy.image.geometry;

/**
 * Of which pixels on one axis each pixel of the result is made, and with which weights, where the
 * other axis has no say. Holds memory that grows once.
 */
final class AxisTable {
  private int[] first = new int[0];
  private float[] weights = new float[0];
  private double[] exact = new double[0];
  private int count;
  private int taps;
  private int low;
  private int end;

  /**
   * Fills the table. If the result is smaller than the source, weights are spread over as many
   * pixels as one pixel of the result covers, so that none is skipped (antialiasing).
   *
   * @param positions in the source, one for each pixel of the result
   * @param coverage what the pixel's weights are multiplied by
   * @param count pixels of the result
   * @param size pixels of the source
   * @param scale pixels of the source from one position to the next
   */
  void fill(
      double[] positions,
      double[] coverage,
      int count,
      int size,
      Border border,
      double scale,
      Interpolation interpolation) {
    double stretch = Math.max(1, scale);
    double reach = interpolation.reach() * stretch;
    this.count = count;
    this.taps = (int) Math.ceil(2 * reach);
    grow();
    low = Integer.MAX_VALUE;
    end = Integer.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      double position = border.near(positions[i], size, reach + 1);
      if (stretch == 1) {
        int before = (int) Math.floor(position);
        first[i] = before - interpolation.reach() + 1;
        interpolation.weights(position - before, coverage[i], weights, i, count);
      } else {
        first[i] = (int) Math.floor(position - reach) + 1;
        spread(i, position, stretch, coverage[i], interpolation);
      }
      low = Math.min(low, first[i]);
      end = Math.max(end, first[i] + taps);
    }
  }

  private void grow() {
    if (first.length < count) {
      first = new int[count];
    }
    if (weights.length < Math.multiplyExact(count, taps)) {
      weights = new float[count * taps];
    }
    if (exact.length < taps) {
      exact = new double[taps];
    }
  }

  private void spread(
      int index, double position, double stretch, double coverage, Interpolation interpolation) {
    double sum = 0;
    for (int k = 0; k < taps; k++) {
      exact[k] = interpolation.weight(Math.abs(first[index] + k - position) / stretch);
      sum += exact[k];
    }
    for (int k = 0; k < taps; k++) {
      weights[k * count + index] = (float) (exact[k] / sum * coverage);
    }
  }

  /** How many pixels each pixel of the result is made of. */
  int taps() {
    return taps;
  }

  /** The first of them; it may lie beyond the edge. */
  int first(int index) {
    return first[index];
  }

  /** The weight of each. */
  float weight(int index, int tap) {
    return weights[tap * count + index];
  }

  /** The first pixel that any pixel of the result is made of. */
  int low() {
    return low;
  }

  /** The pixel after the last that any pixel of the result is made of. */
  int end() {
    return end;
  }

  /**
   * One line of the result.
   *
   * @param line pixels {@link #low} to {@link #end} of the source
   * @param offset index of the line's first pixel in the target
   */
  void weigh(float[] line, float[] target, int offset) {
    int done;
    if (taps == 2) {
      two(line, target, offset);
      done = 2;
    } else if (taps % 2 == 1) {
      three(line, target, offset);
      done = 3;
    } else {
      four(line, target, offset);
      done = 4;
    }
    for (; done < taps; done += 2) {
      twoMore(done, line, target, offset);
    }
  }

  private void two(float[] line, float[] target, int offset) {
    int pitch = count;
    for (int i = 0; i < count; i++) {
      int at = first[i] - low;
      target[offset + i] = weights[i] * line[at] + weights[pitch + i] * line[at + 1];
    }
  }

  private void three(float[] line, float[] target, int offset) {
    int pitch = count;
    for (int i = 0; i < count; i++) {
      int at = first[i] - low;
      target[offset + i] =
          weights[i] * line[at]
              + weights[pitch + i] * line[at + 1]
              + weights[2 * pitch + i] * line[at + 2];
    }
  }

  private void four(float[] line, float[] target, int offset) {
    int pitch = count;
    for (int i = 0; i < count; i++) {
      int at = first[i] - low;
      target[offset + i] =
          weights[i] * line[at]
              + weights[pitch + i] * line[at + 1]
              + weights[2 * pitch + i] * line[at + 2]
              + weights[3 * pitch + i] * line[at + 3];
    }
  }

  private void twoMore(int tap, float[] line, float[] target, int offset) {
    int pitch = tap * count;
    for (int i = 0; i < count; i++) {
      int at = first[i] - low + tap;
      target[offset + i] =
          target[offset + i]
              + weights[pitch + i] * line[at]
              + weights[pitch + count + i] * line[at + 1];
    }
  }
}
