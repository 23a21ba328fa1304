package org.convoy.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;
import org.convoy.testing.ReferenceCases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cross-entropy is what PyTorch recorded. */
class PyTorchLossTest {

  static Stream<ReferenceCase> unweighted() {
    return ReferenceCases.of("cross_entropy").filter(found -> !found.flag("class_weights"));
  }

  @ParameterizedTest
  @MethodSource("unweighted")
  void crossEntropyAgreesWithPyTorch(ReferenceCase reference) {
    Tensor scores = reference.tensor("x");
    int[] labels = reference.labels("labels");
    Tensor gradient = Tensor.zeros(scores.shape());
    double divisor = reference.option("reduction").equals("mean") ? labels.length : 1;

    double loss =
        new CrossEntropy(reference.number("label_smoothing")).evaluate(scores, labels, gradient);

    double recorded = reference.tensor("loss").get(0);
    assertThat(loss / divisor).isCloseTo(recorded, within(6e-8 * Math.max(1e-30, recorded)));
    float[] means = gradient.toArray();
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (means[i] / divisor);
    }
    reference.assertAgrees("g_x", Tensor.of(scores.shape(), means));
  }
}
