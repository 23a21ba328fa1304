package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Tensor OUTPUT =
      Tensor.of(
          Shape.of(4, 3),
          new float[] {
            5, 1, 1, // taken for 0
            1, 2, 2, // a tie: the lower index wins
            0, 1, 9, // taken for 2
            3, 2, 1 // taken for 0
          });

  @Test
  void countsByClass() {
    Evaluation evaluation = new Evaluation(3, 2);
    evaluation.add(OUTPUT, new int[] {0, 2, 2, 1}, 6);

    assertThat(evaluation.examples()).isEqualTo(4);
    assertThat(evaluation.accuracy()).isEqualTo(0.5);
    assertThat(evaluation.topKAccuracy()).isEqualTo(1.0);
    assertThat(evaluation.loss()).isEqualTo(1.5);
    assertThat(evaluation.confusion(2, 1)).isEqualTo(1);
    assertThat(evaluation.confusion(1, 0)).isEqualTo(1);
    assertThat(evaluation.recall(2)).isEqualTo(0.5);
    assertThat(evaluation.precision(0)).isEqualTo(0.5);
  }

  @Test
  void partsAddUpToTheWhole() {
    Evaluation whole = new Evaluation(3, 1);
    whole.add(OUTPUT, new int[] {0, 2, 2, 1}, 6);
    whole.add(OUTPUT, new int[] {1, 1, 1, 1}, 2);
    Evaluation first = new Evaluation(3, 1);
    first.add(OUTPUT, new int[] {0, 2, 2, 1}, 6);
    Evaluation second = new Evaluation(3, 1);
    second.add(OUTPUT, new int[] {1, 1, 1, 1}, 2);

    assertThat(first.add(second)).usingRecursiveComparison().isEqualTo(whole);
  }

  @Test
  void differentKindsDoNotAddUp() {
    assertThatThrownBy(() -> new Evaluation(3, 1).add(new Evaluation(4, 1)))
        .hasMessage("evaluations of different kinds do not add up");
    assertThatThrownBy(() -> new Evaluation(3, 0))
        .hasMessage("top-k needs a k of at least 1, got 0");
  }
}
