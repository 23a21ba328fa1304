package org.convoy.image;

import java.util.Arrays;

/**
 * Which values along one axis make each value of the resized picture, and with which weight.
 * Weights are whole numbers that count 2^-22; an output's weights add up to one, within rounding.
 */
final class ResizeAxis {
  private static final int PRECISION = 22;
  private static final int HALF = 1 << (PRECISION - 1);

  private final int[] first;
  private final int[] count;
  private final int[] weights;
  private final int stride;

  /** Outputs before this one, and from {@link #end} on, are black. */
  private final int begin;

  private final int end;

  private ResizeAxis(int outputs, int stride, int begin, int end) {
    this.first = new int[outputs];
    this.count = new int[outputs];
    this.weights = new int[Math.multiplyExact(outputs, stride)];
    this.stride = stride;
    this.begin = begin;
    this.end = end;
  }

  /** Where the result begins in the scaled source; negative where it begins before it. */
  static int shift(int scaled, int output) {
    return Math.floorDiv(scaled - output, 2);
  }

  /**
   * @param input size of the source
   * @param scaled size of the whole source after scaling
   * @param output size of the result, which shows the middle of the scaled source
   */
  static ResizeAxis of(int input, int scaled, int output) {
    double scale = (double) input / scaled;
    double support = Math.max(1, scale);
    int stride = 2 * (int) Math.ceil(support) + 1;
    int shift = shift(scaled, output);
    int begin = Math.max(0, -shift);
    int end = Math.min(output, scaled - shift);
    ResizeAxis axis = new ResizeAxis(output, Math.min(stride, input), begin, end);
    double[] exact = new double[axis.stride];
    for (int i = begin; i < end; i++) {
      double center = (i + shift + 0.5) * scale;
      int from = Math.max(0, (int) (center - support + 0.5));
      int to = Math.min(input, (int) (center + support + 0.5));
      double sum = 0;
      for (int j = from; j < to; j++) {
        exact[j - from] = Math.max(0, 1 - Math.abs(j + 0.5 - center) / support);
        sum += exact[j - from];
      }
      axis.first[i] = from;
      axis.count[i] = to - from;
      for (int j = 0; j < to - from; j++) {
        axis.weights[i * axis.stride + j] = (int) Math.rint(exact[j] / sum * (1 << PRECISION));
      }
    }
    return axis;
  }

  /** First input that any output needs. */
  int firstInput() {
    return first[begin];
  }

  /** The input after the last that any output needs. */
  int endInput() {
    return first[end - 1] + count[end - 1];
  }

  /**
   * Resizes one row.
   *
   * @param from index of the row's first input
   * @param to index of the row's first output
   */
  void alongRow(byte[] input, int from, byte[] output, int to) {
    for (int i = begin; i < end; i++) {
      int sum = HALF;
      int weight = i * stride;
      int start = from + first[i];
      for (int j = start; j < start + count[i]; j++) {
        sum += (input[j] & 0xff) * weights[weight++];
      }
      output[to + i] = (byte) Math.min(Math.max(sum >> PRECISION, 0), 255);
    }
  }

  /**
   * Makes rows of rows.
   *
   * @param input rows from {@link #firstInput} on
   * @param to index of the first output row
   */
  void acrossRows(byte[] input, int width, byte[] output, int to) {
    int[] sums = new int[width];
    for (int i = begin; i < end; i++) {
      Arrays.fill(sums, HALF);
      for (int j = 0; j < count[i]; j++) {
        int weight = weights[i * stride + j];
        int row = (first[i] - firstInput() + j) * width;
        for (int x = 0; x < width; x++) {
          sums[x] += (input[row + x] & 0xff) * weight;
        }
      }
      for (int x = 0; x < width; x++) {
        output[to + i * width + x] = (byte) Math.min(Math.max(sums[x] >> PRECISION, 0), 255);
      }
    }
  }
}
