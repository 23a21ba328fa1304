package org.convoy.train;

import org.convoy.tensor.Tensor;

/** Reads classes off a network's output: N x classes, the largest value wins. */
public final class Classification {
  private Classification() {}

  /** Index of the largest value of a row; the lowest index wins a tie. */
  public static int winner(Tensor output, int row) {
    return winner(output, row, output.size() / output.shape().size(0));
  }

  /** Index of the largest of a row's first values, one for each class. */
  static int winner(Tensor output, int row, int classes) {
    int start = output.offset() + row * (output.size() / output.shape().size(0));
    float[] values = output.data();
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (values[start + i] > values[start + best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * How many classes of a row have a larger value than the given one, or an equal one before it.
   */
  public static int rank(Tensor output, int row, int label) {
    return rank(output, row, label, output.size() / output.shape().size(0));
  }

  /** {@link #rank(Tensor, int, int)} among a row's first values, one for each class. */
  static int rank(Tensor output, int row, int label, int classes) {
    int start = output.offset() + row * (output.size() / output.shape().size(0));
    float[] values = output.data();
    float own = values[start + label];
    int rank = 0;
    for (int i = 0; i < classes; i++) {
      float value = values[start + i];
      if (value > own || (value == own && i < label)) {
        rank++;
      }
    }
    return rank;
  }
}
