package org.convoy.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.convoy.nn.Loss;
import org.convoy.nn.Targets;
import org.convoy.nn.loss.WeightedHeads.Head;
import org.convoy.nn.loss.WeightedHeads.TargetKind;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered loss keeps. */
class LossContractTest {
  private static final int BATCH = 5;
  private static final int WIDTH = 7;
  private static final RandomKey KEY = RandomKey.ofSeed(314);
  private static final Tensor OUTPUT = Values.random(KEY.with("output"), Shape.of(BATCH, WIDTH));
  private static final Targets TARGETS =
      Targets.of(
          new int[] {2, 0, 1, 2, 2}, Values.random(KEY.with("targets"), Shape.of(BATCH, WIDTH)));

  private static final ClassWeights WEIGHTS =
      ClassWeights.of(List.of(1.0, 2.0, 0.5, 1.0, 0.0, 3.0, 1.0));

  static Stream<Loss> losses() {
    Head scores = new Head(3, 0.75, new CrossEntropy(0.1), TargetKind.CLASSES);
    Head box = new Head(4, 2, new SmoothL1(0.5), TargetKind.VALUES);
    return Stream.of(
        new CrossEntropy(),
        new CrossEntropy(0.2, WEIGHTS),
        new BinaryCrossEntropy(),
        new BinaryCrossEntropy(WEIGHTS),
        new MeanSquaredError(),
        new SmoothL1(0.3),
        new WeightedHeads(List.of(scores, box)));
  }

  @Test
  void everyRegisteredLossIsTested() {
    Set<Class<?>> tested = losses().map(Object::getClass).collect(Collectors.toSet());
    assertThat(tested).containsAll(Losses.registry().types().values());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientIsThatOfCentralDifferences(Loss loss) {
    Tensor gradient = Tensor.zeros(OUTPUT.shape());
    loss.evaluate(OUTPUT, TARGETS, gradient);
    // The output is float: a step that is a power of two moves it exactly enough.
    float epsilon = 0x1p-10f;
    for (int i = 0; i < OUTPUT.size(); i++) {
      Tensor moved = Tensor.of(OUTPUT.shape(), OUTPUT.toArray());
      float middle = moved.data()[i];
      moved.data()[i] = middle + epsilon;
      double above = loss.evaluate(moved, TARGETS, null);
      double right = moved.data()[i];
      moved.data()[i] = middle - epsilon;
      double below = loss.evaluate(moved, TARGETS, null);
      double expected = (above - below) / (right - moved.data()[i]);
      assertThat((double) gradient.data()[i]).as("element %d", i).isCloseTo(expected, within(2e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aBatchIsTheSumOfItsExamples(Loss loss) {
    Tensor gradient = Tensor.zeros(OUTPUT.shape());
    double whole = loss.evaluate(OUTPUT, TARGETS, gradient);
    double sum = 0;
    for (int n = 0; n < BATCH; n++) {
      Tensor one = row(OUTPUT, n);
      Tensor oneGradient = Tensor.zeros(one.shape());
      Targets target =
          Targets.of(new int[] {TARGETS.label(n)}, row(TARGETS.values().orElseThrow(), n));
      sum += loss.evaluate(one, target, oneGradient);
      assertThat(oneGradient.toArray()).isEqualTo(row(gradient, n).toArray());
    }
    assertThat(sum).isCloseTo(whole, within(1e-12 * Math.abs(whole)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theGradientIsOptional(Loss loss) {
    assertThat(loss.evaluate(OUTPUT, TARGETS, null))
        .isEqualTo(loss.evaluate(OUTPUT, TARGETS, Tensor.zeros(OUTPUT.shape())));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void targetsOfAnotherSizeAreRefused(Loss loss) {
    Targets narrow = Targets.of(new int[BATCH], Tensor.zeros(Shape.of(BATCH, 2)));
    assertThatThrownBy(() -> loss.evaluate(OUTPUT, narrow, null))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("expected ");
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossesComeBackFromTheirDescription(Loss loss) {
    Map<String, Object> described = Losses.codec().describe(Losses.registry(), loss);
    assertThat(Losses.codec().read(Losses.registry(), described, "loss")).isEqualTo(loss);
  }

  @Test
  void elementwiseLossesTakeAClassAsOneAmongZeros() {
    Tensor output = Tensor.of(Shape.of(1, 3), 0.5f, 2, -1);
    double squared = new MeanSquaredError().evaluate(output, Targets.ofClasses(1), null);
    assertThat(squared).isCloseTo((0.25 + 1 + 1) / 3, within(1e-12));
  }

  @Test
  void headsThatDoNotCoverTheOutputAreRefused() {
    Head head = new Head(3, 1, new CrossEntropy(), TargetKind.CLASSES);
    WeightedHeads heads = new WeightedHeads(List.of(head));
    assertThatThrownBy(() -> heads.check(Shape.of(4), 3))
        .isInstanceOf(ShapeException.class)
        .hasMessage("the heads cover 3 elements, but the output has 4 (4)");
    assertThatThrownBy(() -> heads.check(Shape.of(3), 5)).isInstanceOf(ShapeException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WeightedHeads(List.of()))
        .withMessage("heads must not be empty");
  }

  @Test
  void classWeightsThatDoNotFitAreRefused() {
    ClassWeights two = ClassWeights.of(List.of(1.0, 2.0));
    assertThatThrownBy(() -> new CrossEntropy(0, two).check(Shape.of(3), 3))
        .isInstanceOf(ShapeException.class)
        .hasMessage("classWeights: expected one for each of 3 classes, got 2");
    assertThatThrownBy(() -> new BinaryCrossEntropy(two).check(Shape.of(3), 3))
        .isInstanceOf(ShapeException.class)
        .hasMessage("posWeight: expected one for each of 3 classes, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassWeights.of(List.of(-1.0)))
        .withMessage("class weights must be at least 0, got -1.0");
  }

  private static Tensor row(Tensor rows, int n) {
    int width = rows.size() / rows.shape().size(0);
    return Tensor.view(rows.data(), rows.offset() + n * width, Shape.of(1, width));
  }
}
