package org.convoy.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.convoy.nn.ParameterLayout;

/**
 * Sums (not means) over some examples: the gradient of their losses, the losses themselves, how
 * many there were and how many were classified right. Adding two sums is the only way to combine
 * them, and {@link SumTree} fixes which are added to which.
 */
public final class GradientSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] gradient;
  private long examples;
  private double loss;
  private long correct;

  /** An empty sum for a network whose flat vector has this length. */
  public GradientSum(int length) {
    this(new float[length], 0, 0, 0);
  }

  /** A sum with the given contents; the array is not copied. */
  public GradientSum(float[] gradient, long examples, double loss, long correct) {
    this.gradient = gradient;
    this.examples = examples;
    this.loss = loss;
    this.correct = correct;
  }

  /** Makes this sum empty again. */
  public void clear() {
    Arrays.fill(gradient, 0);
    examples = 0;
    loss = 0;
    correct = 0;
  }

  /** Sum of the gradients; the array itself. */
  public float[] gradient() {
    return gradient;
  }

  /** Number of examples. */
  public long examples() {
    return examples;
  }

  /** Sum of the losses. */
  public double loss() {
    return loss;
  }

  /** Number of examples that are right, as {@link Evaluation#accuracy} says. */
  public long correct() {
    return correct;
  }

  void count(long examples, double loss, long correct) {
    this.examples += examples;
    this.loss += loss;
    this.correct += correct;
  }

  /** Adds another sum to this one, element by element: this + other. */
  public void add(GradientSum other) {
    if (other.gradient.length != gradient.length) {
      throw new IllegalArgumentException(
          "cannot add a gradient of " + other.gradient.length + " to one of " + gradient.length);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += other.gradient[i];
    }
    count(other.examples, other.loss, other.correct);
  }

  /** Turns the sum of gradients into their mean over the examples, in place. */
  float[] toMean() {
    float count = examples;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= count;
    }
    return gradient;
  }

  /** What is not finite: the loss, or the parameters that learn first from it. */
  Optional<String> fault(ParameterLayout layout) {
    if (!Double.isFinite(loss)) {
      return Optional.of("the loss is " + loss);
    }
    // Backward passes begin at the end: what lies before a fault there is not finite either.
    List<ParameterLayout.Slice> slices = layout.slices();
    for (int i = slices.size() - 1; i >= 0; i--) {
      ParameterLayout.Slice slice = slices.get(i);
      for (int k = 0; k < slice.length(); k++) {
        float value = gradient[slice.offset() + k];
        if (!Float.isFinite(value)) {
          return Optional.of("the gradient of " + slice.name() + " is " + value);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "sum over " + examples + " examples, loss " + loss;
  }
}
