package org.convoy.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.train.Evaluation;
import org.junit.jupiter.api.Test;

class ConfusionTableTest {
  @Test
  void fewClassesAreAMatrix() {
    Evaluation evaluation = new Evaluation(3, 1);
    add(evaluation, 0, 0, 1200);
    add(evaluation, 0, 2, 400);
    add(evaluation, 1, 1, 7);

    assertThat(new ConfusionTable(evaluation, List.of("cat", "guinea pig", "dog")))
        .hasToString(
            """
            rows: class of the image, columns: taken for
                              0    1    2   recall
              0 cat        1200    0  400   75.0 %
              1 guinea pig    0    7    0  100.0 %
              2 dog           0    0    0        -
            precision, %    100  100    0
            """);
  }

  @Test
  void manyClassesAreTheirWorstPairs() {
    List<String> classes = IntStream.range(0, 30).mapToObj(i -> "class " + i).toList();
    Evaluation evaluation = new Evaluation(30, 1);
    add(evaluation, 3, 3, 5);
    add(evaluation, 3, 4, 2);
    add(evaluation, 29, 0, 12);
    add(evaluation, 1, 4, 2);

    assertThat(new ConfusionTable(evaluation, classes))
        .hasToString(
            """
            mixed up most often:
                  12  class 29 taken for class 0
                   2  class 1 taken for class 4
                   2  class 3 taken for class 4
            """);
  }

  private static void add(Evaluation evaluation, int label, int predicted, int times) {
    float[] scores = new float[evaluation.classCount()];
    scores[predicted] = 1;
    Tensor output = Tensor.view(scores, 0, Shape.of(1, scores.length));
    for (int i = 0; i < times; i++) {
      evaluation.add(output, new int[] {label}, 0);
    }
  }
}
