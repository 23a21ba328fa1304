package org.convoy.nn.loss;

import org.convoy.description.Default;
import org.convoy.nn.ClassCounts;
import org.convoy.nn.Loss;
import org.convoy.tensor.Shape;

/**
 * For labels that may be there together: each output is the logit z of one label, its target t is 1
 * where the label is there and 0 where not (or a probability). With s(x) = max(x, 0) + log(1 +
 * exp(-|x|)), the loss of an element is p t s(-z) + (1 - t) s(z), averaged over an example's
 * elements; PyTorch's {@code nn.BCEWithLogitsLoss(pos_weight=p)}.
 *
 * <p>Balanced weights p are (N - n_k) / n_k, with n_k of the N training images showing class k:
 * those that show it count as much together as those that do not (PyTorch's documentation of {@code
 * pos_weight}). A class that no image shows, or that every image shows, is refused.
 *
 * @param posWeight p, how much it counts where a label is there
 */
public record BinaryCrossEntropy(@Default("[]") ClassWeights posWeight) implements ElementwiseLoss {
  /** With weights of 1. */
  public BinaryCrossEntropy() {
    this(ClassWeights.ALIKE);
  }

  @Override
  public double loss(double output, double target) {
    double tail = StrictMath.log1p(StrictMath.exp(-Math.abs(output)));
    return Math.max(output, 0) - output * target + tail;
  }

  @Override
  public double derivative(double output, double target) {
    return 1 / (1 + StrictMath.exp(-output)) - target;
  }

  @Override
  public double loss(int element, double output, double target) {
    if (posWeight.areAlike() || target == 0) {
      return loss(output, target);
    }
    return (1 - target) * loss(output, 0) + posWeight.of(element) * target * loss(output, 1);
  }

  @Override
  public double derivative(int element, double output, double target) {
    if (posWeight.areAlike() || target == 0) {
      return derivative(output, target);
    }
    // That of s(-z), without the difference of numbers near 1.
    double ofPositive = -1 / (1 + StrictMath.exp(output));
    return (1 - target) * derivative(output, 0) + posWeight.of(element) * target * ofPositive;
  }

  @Override
  public void check(Shape output, int classCount) {
    ElementwiseLoss.super.check(output, classCount);
    posWeight.check("posWeight", output.elementCount());
  }

  @Override
  public boolean needsCounts() {
    return posWeight.balanced();
  }

  @Override
  public Loss resolved(ClassCounts counts) {
    if (!needsCounts()) {
      return this;
    }
    counts.requireAll("posWeight = balanced");
    counts.requireNoneEverywhere("posWeight = balanced");
    return new BinaryCrossEntropy(
        posWeight.resolved(counts, count -> (double) (counts.images() - count) / count));
  }
}
