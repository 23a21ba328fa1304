package org.convoy.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.convoy.nn.Loss;
import org.convoy.nn.Targets;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;
import org.convoy.testing.ReferenceCases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses are what PyTorch recorded. */
class PyTorchLossTest {

  static Stream<ReferenceCase> crossEntropies() {
    return ReferenceCases.of("cross_entropy");
  }

  static Stream<ReferenceCase> byNumbers() {
    return Stream.of("cross_entropy_soft", "mse", "smooth_l1", "bce_with_logits")
        .flatMap(ReferenceCases::of);
  }

  @ParameterizedTest
  @MethodSource("crossEntropies")
  void crossEntropyAgreesWithPyTorch(ReferenceCase reference) {
    int[] labels = reference.labels("labels");
    List<Double> weights = new ArrayList<>();
    if (reference.flag("class_weights")) {
      for (float weight : reference.tensor("weights").toArray()) {
        weights.add((double) weight);
      }
    }
    double divisor = 1;
    if (reference.option("reduction").equals("mean")) {
      divisor = 0;
      for (int label : labels) {
        divisor += weights.isEmpty() ? 1 : weights.get(label);
      }
    }
    Loss loss = new CrossEntropy(reference.number("label_smoothing"), weights);
    assertAgrees(reference, loss, Targets.ofClasses(labels), divisor);
  }

  @ParameterizedTest
  @MethodSource("byNumbers")
  void lossesOfNumbersAgreeWithPyTorch(ReferenceCase reference) {
    Loss loss =
        switch (reference.operation()) {
          case "cross_entropy_soft" -> new CrossEntropy();
          case "mse" -> new MeanSquaredError();
          case "smooth_l1" -> new SmoothL1(1);
          default -> new BinaryCrossEntropy();
        };
    Targets targets = Targets.ofValues(reference.tensor("targets"));
    assertAgrees(reference, loss, targets, reference.tensor("x").shape().size(0));
  }

  private static void assertAgrees(
      ReferenceCase reference, Loss loss, Targets targets, double divisor) {
    Tensor scores = reference.tensor("x");
    Tensor gradient = Tensor.zeros(scores.shape());
    double value = loss.evaluate(scores, targets, gradient) / divisor;
    double recorded = reference.tensor("loss").get(0);
    assertThat(value).isCloseTo(recorded, within(6e-8 * Math.max(1e-30, recorded)));
    float[] means = gradient.toArray();
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (means[i] / divisor);
    }
    reference.assertAgrees("g_x", Tensor.of(scores.shape(), means));
  }
}
