package org.convoy.nn.loss;

/**
 * The squared difference of output and target, averaged over an example's elements; PyTorch's
 * {@code nn.MSELoss}.
 */
public record MeanSquaredError() implements ElementwiseLoss {
  @Override
  public double loss(double output, double target) {
    return (output - target) * (output - target);
  }

  @Override
  public double derivative(double output, double target) {
    return 2 * (output - target);
  }
}
