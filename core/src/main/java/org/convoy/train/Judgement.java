package org.convoy.train;

import org.convoy.nn.Targets;
import org.convoy.tensor.Tensor;

/** Compares a network's outputs with what they should be. */
final class Judgement {
  private Judgement() {}

  /**
   * Number of examples that are right: of one class, whose largest output is that of it; of
   * several, for which exactly those classes are found.
   */
  static int countCorrect(Objective objective, Tensor output, Targets targets, int classCount) {
    int correct = 0;
    for (int row = 0; row < output.shape().size(0); row++) {
      boolean right =
          objective == Objective.CLASSES
              ? areAllRight(output, row, targets, classCount)
              : Classification.winner(output, row, classCount) == targets.label(row);
      correct += right ? 1 : 0;
    }
    return correct;
  }

  private static boolean areAllRight(Tensor output, int row, Targets targets, int classCount) {
    for (int k = 0; k < classCount; k++) {
      if (isFound(output, row, k) != isThere(targets, row, k)) {
        return false;
      }
    }
    return true;
  }

  /** Probability of a row's class with the largest output: softmax over its first values. */
  static double probability(Tensor output, int row, int winner, int classCount) {
    int start = output.offset() + row * (output.size() / output.shape().size(0));
    double sum = 0;
    for (int k = 0; k < classCount; k++) {
      sum += StrictMath.exp((double) output.data()[start + k] - output.data()[start + winner]);
    }
    return 1 / sum;
  }

  /** Whether a network says that a class is there: its probability is above a half. */
  static boolean isFound(Tensor output, int row, int label) {
    int width = output.size() / output.shape().size(0);
    return output.data()[output.offset() + row * width + label] > 0;
  }

  /** Whether a class is there; where pictures are mixed, by more than a half. */
  static boolean isThere(Targets targets, int row, int label) {
    Tensor values = targets.values().orElseThrow();
    return values.data()[values.offset() + row * values.shape().size(1) + label] > 0.5f;
  }

  /**
   * What two boxes have in common, by what they cover together (intersection over union, 0..1);
   * both as {@link TargetBatch} says where a box is.
   *
   * @return NaN if it is not known where the box should be
   */
  static double overlap(Tensor output, int row, Targets targets, int classCount) {
    Tensor values = targets.values().orElseThrow();
    int width = output.size() / output.shape().size(0);
    int ownAt = output.offset() + row * width + classCount;
    int trueAt = values.offset() + row * Objective.BOX_NUMBERS;
    double rows = overlap(output.data(), ownAt, values.data(), trueAt);
    double columns = overlap(output.data(), ownAt + 1, values.data(), trueAt + 1);
    double common = rows * columns;
    double together = area(output.data(), ownAt) + area(values.data(), trueAt) - common;
    return common == 0 ? 0 : common / together;
  }

  private static double overlap(float[] own, int ownAt, float[] other, int otherAt) {
    double ownHalf = Math.max(0, own[ownAt + 2]) / 2.0;
    double otherHalf = other[otherAt + 2] / 2.0;
    double from = Math.max(own[ownAt] - ownHalf, other[otherAt] - otherHalf);
    double to = Math.min(own[ownAt] + ownHalf, other[otherAt] + otherHalf);
    return Math.max(0, to - from);
  }

  private static double area(float[] box, int at) {
    return (double) Math.max(0, box[at + 2]) * Math.max(0, box[at + 3]);
  }
}
