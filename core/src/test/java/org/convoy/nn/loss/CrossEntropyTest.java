package org.convoy.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.convoy.nn.Loss;
import org.convoy.nn.Targets;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

  @Test
  void equalScoresLoseTheLogarithmOfTheClassCount() {
    Tensor gradient = Tensor.zeros(Shape.of(1, 4));
    double loss =
        new CrossEntropy().evaluate(Tensor.zeros(Shape.of(1, 4)), Targets.ofClasses(2), gradient);
    assertThat(loss).isCloseTo(Math.log(4), within(1e-15));
    assertThat(gradient.toArray()).containsExactly(0.25f, 0.25f, -0.75f, 0.25f);
  }

  @Test
  void smoothingDealsItsShareToAllClasses() {
    Tensor scores = Tensor.of(Shape.of(1, 2), 0f, (float) Math.log(3));
    Tensor gradient = Tensor.zeros(Shape.of(1, 2));
    double loss = new CrossEntropy(0.2).evaluate(scores, Targets.ofClasses(1), gradient);
    // p = (1/4, 3/4), t = (0.1, 0.9)
    assertThat(loss).isCloseTo(-0.1 * Math.log(0.25) - 0.9 * Math.log(0.75), within(1e-7));
    assertThat(gradient.toArray()).containsExactly(new float[] {0.15f, -0.15f}, within(1e-7f));
  }

  @Test
  void examplesAreSummed() {
    RandomKey key = RandomKey.ofSeed(3);
    Tensor batch = random(key, 5, 7);
    int[] labels = {6, 0, 3, 3, 1};
    Loss loss = new CrossEntropy(0.1);
    Tensor gradient = Tensor.zeros(batch.shape());
    double whole = loss.evaluate(batch, Targets.ofClasses(labels), gradient);
    double parts = 0;
    for (int n = 0; n < 5; n++) {
      Tensor one = Tensor.view(batch.data(), n * 7, Shape.of(1, 7));
      Tensor oneGradient = Tensor.zeros(one.shape());
      parts += loss.evaluate(one, Targets.ofClasses(labels[n]), oneGradient);
      assertThat(oneGradient.toArray())
          .isEqualTo(Tensor.view(gradient.data(), n * 7, one.shape()).toArray());
    }
    assertThat(whole).isEqualTo(parts);
  }

  @Test
  void gradientIsThatOfCentralDifferences() {
    for (double smoothing : new double[] {0, 0.3}) {
      Tensor scores = random(RandomKey.ofSeed(11), 3, 5);
      int[] labels = {4, 2, 0};
      Tensor gradient = Tensor.zeros(scores.shape());
      new CrossEntropy(smoothing).evaluate(scores, Targets.ofClasses(labels), gradient);
      double[] z = new double[15];
      for (int i = 0; i < z.length; i++) {
        z[i] = scores.data()[i];
      }
      for (int i = 0; i < z.length; i++) {
        double middle = z[i];
        z[i] = middle + 1e-6;
        double above = reference(z, labels, smoothing);
        z[i] = middle - 1e-6;
        double below = reference(z, labels, smoothing);
        z[i] = middle;
        assertThat((double) gradient.data()[i]).isCloseTo((above - below) / 2e-6, within(1e-7));
      }
    }
  }

  @Test
  void hugeScoresDoNotOverflow() {
    Tensor scores = Tensor.of(Shape.of(2, 3), 1e30f, 0, -1e30f, -1e4f, -1e4f, -2e4f);
    Tensor gradient = Tensor.zeros(scores.shape());
    double loss = new CrossEntropy().evaluate(scores, Targets.ofClasses(0, 1), gradient);
    assertThat(loss).isCloseTo(Math.log(2), within(1e-12));
    assertThat(gradient.toArray()).containsExactly(0, 0, 0, 0.5f, -0.5f, 0);
  }

  @Test
  void aNotANumberIsNotHidden() {
    Tensor scores = Tensor.of(Shape.of(1, 2), Float.NaN, 0);
    assertThat(new CrossEntropy().evaluate(scores, Targets.ofClasses(1), null)).isNaN();
  }

  @Test
  void gradientMayBeLeftOut() {
    Tensor scores = random(RandomKey.ofSeed(5), 2, 4);
    int[] labels = {1, 3};
    assertThat(new CrossEntropy().evaluate(scores, Targets.ofClasses(labels), null))
        .isEqualTo(
            new CrossEntropy()
                .evaluate(scores, Targets.ofClasses(labels), Tensor.zeros(scores.shape())));
  }

  @Test
  void outputNeedsOneScorePerClass() {
    new CrossEntropy().check(Shape.of(10), 10);
    new CrossEntropy().check(Shape.of(10, 1, 1), 10);
    assertThatThrownBy(() -> new CrossEntropy().check(Shape.of(84), 10))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "cross-entropy needs one score per class, got an output of 84 for 10 classes;"
                + " let the network end in a linear layer with 10 outputs");
  }

  @Test
  void labelsMustBeClasses() {
    Tensor scores = Tensor.zeros(Shape.of(2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossEntropy().evaluate(scores, Targets.ofClasses(0, 3), null))
        .withMessage("label of example 1 must be in 0..2, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossEntropy().evaluate(scores, Targets.ofClasses(-1, 0), null))
        .withMessage("label of example 0 must be in 0..2, got -1");
  }

  @Test
  void smoothingIsBelowOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossEntropy(1))
        .withMessage("labelSmoothing must be in [0, 1), got 1.0");
  }

  @Test
  void describesItselfAndComesBack() {
    Loss loss = new CrossEntropy(0.1);
    Map<String, Object> described = Losses.codec().describe(Losses.registry(), loss);
    assertThat(described)
        .isEqualTo(
            Map.of("type", "cross-entropy", "labelSmoothing", 0.1, "classWeights", List.of()));
    assertThat(Losses.codec().read(Losses.registry(), described, "loss")).isEqualTo(loss);
    assertThat(Losses.codec().read(Losses.registry(), "cross-entropy", "loss"))
        .isEqualTo(new CrossEntropy());
  }

  private static Tensor random(RandomKey key, int examples, int classes) {
    Tensor tensor = Tensor.zeros(Shape.of(examples, classes));
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = (float) (2 * key.gaussian(i));
    }
    return tensor;
  }

  /** The formula, written down. */
  private static double reference(double[] z, int[] labels, double smoothing) {
    int classes = z.length / labels.length;
    double loss = 0;
    for (int n = 0; n < labels.length; n++) {
      double total = 0;
      for (int k = 0; k < classes; k++) {
        total += Math.exp(z[n * classes + k]);
      }
      for (int k = 0; k < classes; k++) {
        double target = smoothing / classes + (k == labels[n] ? 1 - smoothing : 0);
        loss -= target * Math.log(Math.exp(z[n * classes + k]) / total);
      }
    }
    return loss;
  }
}
