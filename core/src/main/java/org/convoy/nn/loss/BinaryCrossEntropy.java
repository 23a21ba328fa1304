package org.convoy.nn.loss;

/**
 * For labels that may be there together: each output is the logit z of one label, its target t is 1
 * where the label is there and 0 where not (or a probability). The loss of an element is max(z, 0)
 * - z t + log(1 + exp(-|z|)), averaged over an example's elements; PyTorch's {@code
 * nn.BCEWithLogitsLoss}.
 */
public record BinaryCrossEntropy() implements ElementwiseLoss {
  @Override
  public double loss(double output, double target) {
    double tail = StrictMath.log1p(StrictMath.exp(-Math.abs(output)));
    return Math.max(output, 0) - output * target + tail;
  }

  @Override
  public double derivative(double output, double target) {
    return 1 / (1 + StrictMath.exp(-output)) - target;
  }
}
