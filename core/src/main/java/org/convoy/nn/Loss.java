package org.convoy.nn;

import java.io.Serializable;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * What training makes small, summed (not averaged) over the examples of a batch, so that sums of
 * parts are the sum of the whole and one division by the example count makes the true mean.
 */
public interface Loss extends Serializable {

  /**
   * Checks that a network's output can be judged.
   *
   * @param output shape of one output example
   * @param classCount number of classes of the data
   * @throws org.convoy.tensor.ShapeException if it does not fit
   */
  void check(Shape output, int classCount);

  /**
   * The sum of the examples' losses.
   *
   * @param output N x whatever the network ends in
   * @param targets what the examples should come out as
   * @throws IllegalArgumentException if the targets are not of the kind that this loss needs, or
   *     outside their range; the message names the example
   * @param gradient receives the gradient of the sum with respect to the output; null if not needed
   */
  double evaluate(Tensor output, Targets targets, Tensor gradient);

  /**
   * Whether an example may be of several classes at once, or of none: a number for each of them.
   */
  default boolean takesSeveralClasses() {
    return false;
  }

  /** Whether an example may have shares of the classes instead of one class. */
  default boolean takesShares() {
    return false;
  }

  /** How many numbers an example must have beside its class. */
  default int numberCount() {
    return 0;
  }

  /**
   * Whether some of it is known only once the classes of the training images have been counted;
   * until then it cannot be evaluated.
   */
  default boolean needsCounts() {
    return false;
  }

  /**
   * The same loss, with what it needs of the training images.
   *
   * @throws IllegalArgumentException if nothing can be made of them; the message names the classes
   */
  default Loss resolved(ClassCounts counts) {
    return this;
  }
}
