package org.convoy.train;

import org.convoy.tensor.Tensor;

/** Reads classes off a network's output: N x classes, the largest value wins. */
public final class Classification {
  private Classification() {}

  /** Index of the largest value of a row; the lowest index wins a tie. */
  public static int winner(Tensor output, int row) {
    int classes = output.size() / output.shape().size(0);
    int start = output.offset() + row * classes;
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
    int classes = output.size() / output.shape().size(0);
    int start = output.offset() + row * classes;
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

  static int countCorrect(Tensor output, int[] labels) {
    int correct = 0;
    for (int row = 0; row < output.shape().size(0); row++) {
      if (winner(output, row) == labels[row]) {
        correct++;
      }
    }
    return correct;
  }
}
