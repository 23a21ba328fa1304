package org.convoy.nn.loss;

import org.convoy.nn.Targets;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/** Targets as rows of numbers, one for each element of an example's output. */
final class Rows {
  private final Targets targets;
  private final Tensor values;
  private final int width;

  private Rows(Targets targets, Tensor values, int width) {
    this.targets = targets;
    this.values = values;
    this.width = width;
  }

  /**
   * The numbers of the targets; where they have only classes, 1 for an example's class and 0 for
   * the others.
   *
   * @throws ShapeException if there are not {@code width} numbers for each example
   * @throws IllegalArgumentException if a class is not in 0..width-1
   */
  static Rows ofShares(Targets targets, int examples, int width) {
    if (targets.values().isPresent()) {
      return ofValues(targets, examples, width);
    }
    for (int n = 0; n < examples; n++) {
      if (targets.label(n) < 0 || targets.label(n) >= width) {
        throw new IllegalArgumentException(
            String.format(
                "label of example %d must be in 0..%d, got %d", n, width - 1, targets.label(n)));
      }
    }
    return new Rows(targets, null, width);
  }

  private static Rows ofValues(Targets targets, int examples, int width) {
    Tensor values = targets.values().orElseThrow();
    if (values.shape().size(0) < examples || values.size() != values.shape().size(0) * width) {
      throw new ShapeException(
          String.format(
              "expected targets of %d examples x %d numbers, got %s",
              examples, width, values.shape()));
    }
    return new Rows(targets, values, width);
  }

  double at(int example, int index) {
    if (values == null) {
      return targets.label(example) == index ? 1 : 0;
    }
    return values.data()[values.offset() + example * width + index];
  }
}
