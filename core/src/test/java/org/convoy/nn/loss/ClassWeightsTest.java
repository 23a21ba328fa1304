package org.convoy.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.convoy.description.DescriptionException;
import org.convoy.nn.ClassCounts;
import org.convoy.nn.Loss;
import org.convoy.nn.Targets;
import org.convoy.nn.loss.WeightedHeads.Head;
import org.convoy.nn.loss.WeightedHeads.TargetKind;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  private static final ClassCounts COUNTS =
      new ClassCounts(12, List.of(6L, 4L, 2L), List.of("cat", "dog", "emu"));

  /** scikit-learn's compute_class_weight("balanced") of six 0, four 1 and two 2. */
  @Test
  void balancedWeightsOfOneClassEachMakeAllClassesCountTheSame() {
    Loss loss = read(Map.of("type", "cross-entropy", "classWeights", "balanced"));

    CrossEntropy resolved = (CrossEntropy) loss.resolved(COUNTS);

    assertThat(resolved.classWeights().values()).containsExactly(12 / 18.0, 1.0, 2.0);
    assertThat(resolved.needsCounts()).isFalse();
    Tensor even = Tensor.zeros(Shape.of(1, 3));
    assertThat(resolved.evaluate(even, Targets.ofClasses(2), null))
        .isCloseTo(2 * StrictMath.log(3), within(1e-12));
  }

  @Test
  void balancedWeightsOfSeveralClassesMakeThoseThatShowAClassCountAsMuchAsTheRest() {
    Loss loss = read(Map.of("type", "binary-cross-entropy", "posWeight", "balanced"));

    BinaryCrossEntropy resolved = (BinaryCrossEntropy) loss.resolved(COUNTS);

    assertThat(resolved.posWeight().values()).containsExactly(1.0, 2.0, 5.0);
  }

  /** By hand: log(1 + e) = 1.3132617, log(1 + 1/e) = 0.3132617; both labels at logit 1. */
  @Test
  void aPositiveWeightCountsOnlyWhereTheLabelIsThere() {
    Tensor output = Tensor.of(Shape.of(1, 2), 1, 1);
    Tensor gradient = Tensor.zeros(output.shape());
    Targets there = Targets.ofValues(Tensor.of(Shape.of(1, 2), 1, 0));

    double loss =
        new BinaryCrossEntropy(ClassWeights.of(List.of(3.0, 7.0)))
            .evaluate(output, there, gradient);

    assertThat(loss).isCloseTo((3 * 0.3132617 + 1.3132617) / 2, within(1e-6));
    // -3 (1 - sigmoid(1)) / 2 and sigmoid(1) / 2.
    assertThat((double) gradient.data()[0]).isCloseTo(-0.4034121, within(1e-6));
    assertThat((double) gradient.data()[1]).isCloseTo(0.3655293, within(1e-6));
  }

  @Test
  void weightsOfOneAreNoWeights() {
    Tensor output = Tensor.of(Shape.of(2, 2), 1.5f, -2, 40, -90);
    Targets targets = Targets.ofValues(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1));

    double weighted =
        new BinaryCrossEntropy(ClassWeights.of(List.of(1.0, 1.0))).evaluate(output, targets, null);

    assertThat(weighted).isEqualTo(new BinaryCrossEntropy().evaluate(output, targets, null));
  }

  @Test
  void headsOfClassesAreBalancedToo() {
    Head scores = new Head(3, 1, new CrossEntropy(0, ClassWeights.BALANCED), TargetKind.CLASSES);
    Head box = new Head(4, 5, new SmoothL1(1), TargetKind.VALUES);
    Loss loss = new WeightedHeads(List.of(scores, box));

    assertThat(loss.needsCounts()).isTrue();
    WeightedHeads resolved = (WeightedHeads) loss.resolved(COUNTS);
    assertThat(resolved.needsCounts()).isFalse();
    assertThat(resolved.heads().get(0).loss()).isEqualTo(scores.loss().resolved(COUNTS));
    assertThat(resolved.heads().get(1)).isEqualTo(box);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Head(4, 1, new BinaryCrossEntropy(ClassWeights.BALANCED), TargetKind.VALUES))
        .withMessageContaining("a head of values has no classes to balance");
  }

  @Test
  void classesThatCannotBeBalancedAreNamed() {
    ClassCounts missing = new ClassCounts(9, List.of(9L, 0L, 0L), List.of("cat", "dog", "emu"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossEntropy(0, ClassWeights.BALANCED).resolved(missing))
        .withMessageStartingWith(
            "classWeights = balanced: of the 9 training images that could be decoded none is of"
                + " class dog, emu, so nothing can be balanced; name only classes that have");
    ClassCounts always = new ClassCounts(9, List.of(9L, 3L, 1L), List.of("cat", "dog", "emu"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BinaryCrossEntropy(ClassWeights.BALANCED).resolved(always))
        .withMessageStartingWith(
            "posWeight = balanced: of the 9 training images that could be decoded every one is of"
                + " class cat,");
  }

  @Test
  void aLossWithoutBalancedWeightsStaysWhatItIs() {
    Loss loss = new CrossEntropy(0.1, ClassWeights.of(List.of(1.0, 2.0, 3.0)));

    assertThat(loss.needsCounts()).isFalse();
    assertThat(loss.resolved(COUNTS)).isSameAs(loss);
  }

  @Test
  void nothingIsLearnedByWeightsThatAreNotKnown() {
    Loss loss = new CrossEntropy(0, ClassWeights.BALANCED);
    assertThatIllegalStateException()
        .isThrownBy(() -> loss.evaluate(Tensor.zeros(Shape.of(1, 3)), Targets.ofClasses(0), null))
        .withMessageContaining("once the training images are counted");
  }

  @Test
  void otherWordsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of("type", "cross-entropy", "classWeights", "even")))
        .isInstanceOf(DescriptionException.class)
        .withMessageContaining("classWeights: expected balanced, or a list of one number for each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of("type", "cross-entropy", "classWeights", List.of("a"))))
        .withMessageContaining("got the text \"a\"");
  }

  private static Loss read(Map<String, Object> described) {
    return Losses.codec().read(Losses.registry(), described, "loss");
  }
}
