package org.convoy.nn.loss;

import org.convoy.nn.Loss;
import org.convoy.nn.Targets;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * A loss that is a sum over the elements of the output, each with a target number of its own; a
 * target class means 1 for its element and 0 for the others. An example's loss is the mean over its
 * elements, as PyTorch's {@code reduction='mean'} has it. Elements whose target is not known (NaN)
 * add nothing.
 */
interface ElementwiseLoss extends Loss {

  /** Loss of one element, for those whose formula is the same for all. */
  double loss(double output, double target);

  /** Its derivative with respect to the output. */
  double derivative(double output, double target);

  /** Loss of the element at a place of the output. */
  default double loss(int element, double output, double target) {
    return loss(output, target);
  }

  /** Its derivative with respect to the output. */
  default double derivative(int element, double output, double target) {
    return derivative(output, target);
  }

  @Override
  default boolean takesSeveralClasses() {
    return true;
  }

  @Override
  default boolean takesShares() {
    return true;
  }

  @Override
  default void check(Shape output, int classCount) {
    if (classCount > output.elementCount()) {
      throw new ShapeException(
          String.format(
              "the loss needs an output for each of %d classes, got an output of %s",
              classCount, output));
    }
  }

  @Override
  default double evaluate(Tensor output, Targets targets, Tensor gradient) {
    int examples = output.shape().size(0);
    int width = output.size() / examples;
    Rows target = Rows.ofShares(targets, examples, width);
    double sum = 0;
    for (int n = 0; n < examples; n++) {
      int start = output.offset() + n * width;
      double ofExample = 0;
      for (int k = 0; k < width; k++) {
        double value = output.data()[start + k];
        double wanted = target.at(n, k);
        boolean known = !Double.isNaN(wanted);
        ofExample += known ? loss(k, value, wanted) : 0;
        if (gradient != null) {
          int index = gradient.offset() + n * width + k;
          gradient.data()[index] = known ? (float) (derivative(k, value, wanted) / width) : 0;
        }
      }
      sum += ofExample / width;
    }
    return sum;
  }
}
