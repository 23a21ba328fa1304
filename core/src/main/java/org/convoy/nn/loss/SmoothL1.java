package org.convoy.nn.loss;

import org.convoy.description.Default;

/**
 * The absolute difference d of output and target, rounded off to d^2 / (2 beta) below beta and d -
 * beta / 2 above, averaged over an example's elements; Girshick 2015, "Fast R-CNN", equation 3;
 * PyTorch's {@code nn.SmoothL1Loss}.
 *
 * @param beta where the parabola ends, above 0
 */
public record SmoothL1(@Default("1") double beta) implements ElementwiseLoss {
  public SmoothL1 {
    if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta must be above 0, got " + beta);
    }
  }

  @Override
  public double loss(double output, double target) {
    double distance = Math.abs(output - target);
    return distance < beta ? distance * distance / (2 * beta) : distance - beta / 2;
  }

  @Override
  public double derivative(double output, double target) {
    double difference = output - target;
    return Math.abs(difference) < beta ? difference / beta : Math.signum(difference);
  }
}
