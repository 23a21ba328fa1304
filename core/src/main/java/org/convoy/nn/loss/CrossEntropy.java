package org.convoy.nn.loss;

import org.convoy.description.Default;
import org.convoy.nn.Loss;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Softmax followed by cross-entropy, of the network's raw scores: with z the scores of one example
 * and p = softmax(z), the loss is -sum over k of t[k] log p[k] and its gradient p - t. The target t
 * is 1 - s + s/K for the label and s/K for the other classes (label smoothing s, Szegedy et al.
 * 2016).
 *
 * <p>Computed in double with {@link StrictMath}, the largest score subtracted first so that nothing
 * overflows, classes in ascending order; each gradient element is rounded to float once, the sum
 * over the examples never.
 *
 * @param labelSmoothing share of the target that is dealt to all classes, in [0, 1)
 */
public record CrossEntropy(@Default("0") double labelSmoothing) implements Loss {
  public CrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException("labelSmoothing must be in [0, 1), got " + labelSmoothing);
    }
  }

  /** Without label smoothing. */
  public CrossEntropy() {
    this(0);
  }

  @Override
  public void check(Shape output, int classCount) {
    if (output.elementCount() != classCount) {
      throw new ShapeException(
          String.format(
              "cross-entropy needs one score per class, got an output of %s for %d classes;"
                  + " let the network end in a linear layer with %d outputs",
              output, classCount, classCount));
    }
  }

  @Override
  public double evaluate(Tensor output, int[] labels, Tensor gradient) {
    int examples = output.shape().size(0);
    int classes = output.size() / examples;
    double[] probabilities = new double[classes];
    double sum = 0;
    for (int n = 0; n < examples; n++) {
      if (labels[n] < 0 || labels[n] >= classes) {
        throw new IllegalArgumentException(
            String.format(
                "label of example %d must be in 0..%d, got %d", n, classes - 1, labels[n]));
      }
      sum += evaluateExample(output, n, labels[n], probabilities);
      if (gradient != null) {
        writeGradient(gradient, n, labels[n], probabilities);
      }
    }
    return sum;
  }

  /** Returns the loss of example {@code n} and leaves its softmax in {@code probabilities}. */
  private double evaluateExample(Tensor output, int n, int label, double[] probabilities) {
    int classes = probabilities.length;
    int start = output.offset() + n * classes;
    float[] scores = output.data();
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, scores[start + k]);
    }
    double total = 0;
    double gap = 0;
    for (int k = 0; k < classes; k++) {
      probabilities[k] = StrictMath.exp(scores[start + k] - largest);
      total += probabilities[k];
      gap += largest - scores[start + k];
    }
    for (int k = 0; k < classes; k++) {
      probabilities[k] /= total;
    }
    double ofLabel = StrictMath.log(total) + (largest - scores[start + label]);
    if (labelSmoothing == 0) {
      return ofLabel;
    }
    double ofAll = StrictMath.log(total) + gap / classes;
    return (1 - labelSmoothing) * ofLabel + labelSmoothing * ofAll;
  }

  private void writeGradient(Tensor gradient, int n, int label, double[] probabilities) {
    double share = labelSmoothing / probabilities.length;
    int start = gradient.offset() + n * probabilities.length;
    for (int k = 0; k < probabilities.length; k++) {
      double target = k == label ? 1 - labelSmoothing + share : share;
      gradient.data()[start + k] = (float) (probabilities[k] - target);
    }
  }
}
