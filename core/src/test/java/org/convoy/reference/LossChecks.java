package org.convoy.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.convoy.nn.Loss;
import org.convoy.nn.Targets;
import org.convoy.nn.loss.BinaryCrossEntropy;
import org.convoy.nn.loss.ClassWeights;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.nn.loss.MeanSquaredError;
import org.convoy.nn.loss.SmoothL1;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;

/** Losses and their gradients with respect to the network's output. */
public final class LossChecks {
  private LossChecks() {}

  /** What computes each operation. */
  public static Map<String, ReferenceCheck> byOperation() {
    return Map.of(
        "cross_entropy", (reference, backend) -> crossEntropy(reference),
        "cross_entropy_soft", (reference, backend) -> ofNumbers(reference, new CrossEntropy()),
        "mse", (reference, backend) -> ofElements(reference, new MeanSquaredError()),
        "smooth_l1", (reference, backend) -> ofElements(reference, smoothL1(reference)),
        "bce_with_logits", (reference, backend) -> ofElements(reference, new BinaryCrossEntropy()));
  }

  private static Loss smoothL1(ReferenceCase reference) {
    return new SmoothL1(reference.options().containsKey("beta") ? reference.number("beta") : 1);
  }

  private static void crossEntropy(ReferenceCase reference) {
    int[] labels = reference.labels("labels");
    List<Double> weights = new ArrayList<>();
    if (reference.flag("class_weights")) {
      for (float weight : reference.tensor("weights").toArray()) {
        weights.add((double) weight);
      }
    }
    double count = 0;
    for (int label : labels) {
      count += weights.isEmpty() ? 1 : weights.get(label);
    }
    Loss loss = new CrossEntropy(reference.number("label_smoothing"), ClassWeights.of(weights));
    compare(reference, loss, Targets.ofClasses(labels), count, 1);
  }

  private static void ofNumbers(ReferenceCase reference, Loss loss) {
    Targets targets = Targets.ofValues(reference.tensor("targets"));
    compare(reference, loss, targets, reference.tensor("x").shape().size(0), 1);
  }

  /** Losses whose example's value is the mean over its elements. */
  private static void ofElements(ReferenceCase reference, Loss loss) {
    Targets targets = Targets.ofValues(reference.tensor("targets"));
    Shape shape = reference.tensor("x").shape();
    int examples = shape.size(0);
    compare(reference, loss, targets, examples, (double) examples / shape.elementCount());
  }

  /**
   * Compares the sum, or the mean if the case's reduction is that.
   *
   * @param count what our sum is divided by for the mean
   * @param unit what it is divided by for the sum
   */
  private static void compare(
      ReferenceCase reference, Loss loss, Targets targets, double count, double unit) {
    Tensor scores = reference.tensor("x");
    Tensor gradient = Tensor.zeros(scores.shape());
    double divisor = reference.option("reduction").equals("mean") ? count : unit;
    double value = loss.evaluate(scores, targets, gradient) / divisor;
    reference.assertAgrees("loss", Tensor.of(Shape.of(1), (float) value));
    float[] means = gradient.toArray();
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (means[i] / divisor);
    }
    reference.assertAgrees("g_x", Tensor.of(scores.shape(), means));
  }
}
