package org.convoy.optim;

import java.util.Optional;
import org.convoy.nn.ParameterLayout.Slice;

/**
 * What one parameter gets of a step.
 *
 * @param slice where it lies in the flat vector
 * @param learningRateFactor multiplies the step's learning rate, at least 0
 * @param weightDecay takes the place of the optimizer's
 * @param isBiasOrNormalization whether it is a bias, or the scale or shift of a normalization
 */
public record ParameterRate(
    Slice slice,
    double learningRateFactor,
    Optional<Double> weightDecay,
    boolean isBiasOrNormalization) {

  /** Index of its first element. */
  public int begin() {
    return slice.offset();
  }

  /** Index behind its last element. */
  public int end() {
    return slice.end();
  }

  /** Its learning rate in a step of the given one. */
  public double learningRate(double ofStep) {
    return ofStep * learningRateFactor;
  }

  /** Its weight decay under an optimizer that has the given one. */
  double weightDecay(double ofOptimizer) {
    return weightDecay.orElse(ofOptimizer);
  }
}
