package org.convoy.nn.init;

import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * How many connections a unit has, counted as PyTorch does: the kernel's taps times the weight's
 * second axis (coming in) or first axis (going out; groups are not looked at).
 */
record Fan(int in, int out) {

  /**
   * @param weight outputs x inputs x kernel
   * @throws ShapeException if there are fewer than two axes
   */
  static Fan of(Shape weight) {
    if (weight.rank() < 2) {
      throw new ShapeException(
          "expected a weight of at least two axes (outputs x inputs x kernel), got "
              + weight
              + "; initialize it with zeros, constant or uniform");
    }
    int taps = 1;
    for (int axis = 2; axis < weight.rank(); axis++) {
      taps *= weight.size(axis);
    }
    return new Fan(weight.size(1) * taps, weight.size(0) * taps);
  }

  int sum() {
    return Math.addExact(in, out);
  }
}
