package org.convoy.nn.loss;

import org.convoy.description.Default;
import org.convoy.nn.ClassCounts;
import org.convoy.nn.Loss;
import org.convoy.nn.Targets;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Softmax followed by cross-entropy, of the network's raw scores: with z the scores of one example,
 * p = softmax(z) and target shares t, the loss is -sum over k of w[k] t[k] log p[k] and its
 * gradient p[k] sum(w t) - w[k] t[k].
 *
 * <p>The targets are a class for each example (t is 1 for it) or, if they have numbers, shares of
 * the classes for each example, such as those of mixup; label smoothing s (Szegedy et al. 2016)
 * makes them (1 - s) t + s / K.
 *
 * <p>With class weights the sum is weighted, but it is divided by the number of examples like any
 * other loss (as {@code nn.CrossEntropyLoss} with {@code reduction='sum'}, over N), not by the sum
 * of the weights: that would differ from step to step and could not be summed shard by shard.
 *
 * <p>Computed in double with {@link StrictMath}, the largest score subtracted first so that nothing
 * overflows, classes in ascending order; each gradient element is rounded to float once, the sum
 * over the examples never.
 *
 * <p>Balanced class weights are N / (K n_k), with n_k of the N training images of class k among K:
 * scikit-learn's {@code compute_class_weight("balanced")}. All classes count the same then, and the
 * weights of all images have the mean 1. A class without images is refused.
 *
 * @param labelSmoothing share of the target that is dealt to all classes, in [0, 1)
 * @param classWeights how much each class counts
 */
public record CrossEntropy(
    @Default("0") double labelSmoothing, @Default("[]") ClassWeights classWeights) implements Loss {
  public CrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException("labelSmoothing must be in [0, 1), got " + labelSmoothing);
    }
  }

  /** Without class weights. */
  public CrossEntropy(double labelSmoothing) {
    this(labelSmoothing, ClassWeights.ALIKE);
  }

  /** Without label smoothing and class weights. */
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
    classWeights.check("classWeights", classCount);
  }

  @Override
  public boolean needsCounts() {
    return classWeights.balanced();
  }

  @Override
  public Loss resolved(ClassCounts counts) {
    if (!needsCounts()) {
      return this;
    }
    counts.requireAll("classWeights = balanced");
    double mean = (double) counts.images() / counts.classCount();
    return new CrossEntropy(labelSmoothing, classWeights.resolved(counts, count -> mean / count));
  }

  @Override
  public boolean takesShares() {
    return true;
  }

  @Override
  public double evaluate(Tensor output, Targets targets, Tensor gradient) {
    int examples = output.shape().size(0);
    int classes = output.size() / examples;
    Rows target = Rows.ofShares(targets, examples, classes);
    double[] probabilities = new double[classes];
    double[] logarithms = new double[classes];
    double[] shares = new double[classes];
    double sum = 0;
    for (int n = 0; n < examples; n++) {
      softmax(output, n, probabilities, logarithms);
      weigh(target, n, shares);
      double whole = 0;
      for (int k = 0; k < classes; k++) {
        // A class without a share takes no part: its logarithm may be infinite.
        sum += shares[k] == 0 ? 0 : -shares[k] * logarithms[k];
        whole += shares[k];
      }
      if (gradient != null) {
        int start = gradient.offset() + n * classes;
        for (int k = 0; k < classes; k++) {
          gradient.data()[start + k] = (float) (probabilities[k] * whole - shares[k]);
        }
      }
    }
    return sum;
  }

  private void weigh(Rows target, int n, double[] shares) {
    double dealt = labelSmoothing / shares.length;
    for (int k = 0; k < shares.length; k++) {
      double weight = classWeights.of(k);
      shares[k] = weight * ((1 - labelSmoothing) * target.at(n, k) + dealt);
    }
  }

  private static void softmax(Tensor output, int n, double[] probabilities, double[] logarithms) {
    int classes = probabilities.length;
    int start = output.offset() + n * classes;
    float[] scores = output.data();
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, scores[start + k]);
    }
    double total = 0;
    for (int k = 0; k < classes; k++) {
      logarithms[k] = scores[start + k] - largest;
      probabilities[k] = StrictMath.exp(logarithms[k]);
      total += probabilities[k];
    }
    double logTotal = StrictMath.log(total);
    for (int k = 0; k < classes; k++) {
      probabilities[k] /= total;
      logarithms[k] -= logTotal;
    }
  }
}
