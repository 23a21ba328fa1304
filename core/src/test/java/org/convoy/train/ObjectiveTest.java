package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.convoy.data.Annotation.Kind;
import org.convoy.nn.Loss;
import org.convoy.nn.loss.BinaryCrossEntropy;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.nn.loss.MeanSquaredError;
import org.convoy.nn.loss.SmoothL1;
import org.convoy.nn.loss.WeightedHeads;
import org.convoy.nn.loss.WeightedHeads.Head;
import org.convoy.nn.loss.WeightedHeads.TargetKind;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
  private static final Loss ONE = new CrossEntropy();
  private static final Loss EACH = new BinaryCrossEntropy();
  private static final Head CLASSES = new Head(3, 1, new CrossEntropy(), TargetKind.CLASSES);

  private static Loss heads(int numbers) {
    return new WeightedHeads(
        List.of(CLASSES, new Head(numbers, 1, new SmoothL1(1), TargetKind.VALUES)));
  }

  @Test
  void imagesAndLossSayTogetherWhatIsLearned() {
    assertThat(Objective.of(Kind.CLASS, ONE)).isEqualTo(Objective.CLASS);
    assertThat(Objective.of(Kind.CLASS, EACH)).isEqualTo(Objective.CLASS);
    assertThat(Objective.of(Kind.CLASSES, EACH)).isEqualTo(Objective.CLASSES);
    assertThat(Objective.of(Kind.CLASSES, new MeanSquaredError())).isEqualTo(Objective.CLASSES);
    assertThat(Objective.of(Kind.CLASS_AND_BOX, heads(4))).isEqualTo(Objective.CLASS_AND_BOX);
  }

  @Test
  void boxesAreLeftAsideWhereTheLossComparesClassesAlone() {
    assertThat(Objective.of(Kind.CLASS_AND_BOX, ONE)).isEqualTo(Objective.CLASS);
    assertThat(Objective.of(Kind.OBJECTS, EACH)).isEqualTo(Objective.CLASSES);
  }

  @Test
  void aLossThatComparesWithWhatImagesDoNotHaveIsRefused() {
    assertThatThrownBy(() -> Objective.of(Kind.CLASSES, ONE))
        .hasMessage(
            "the images have any number of classes each, but the loss compares with exactly one"
                + " class for each; set loss = binary-cross-entropy, which judges each class by"
                + " itself");
    assertThatThrownBy(() -> Objective.of(Kind.CLASS, heads(4)))
        .hasMessage(
            "the loss compares with one class and one box for each image, but the images have one"
                + " class each");
    assertThatThrownBy(() -> Objective.of(Kind.OBJECTS, heads(4)))
        .hasMessageContaining("but the images have any number of boxes with a class each");
    assertThatThrownBy(() -> Objective.of(Kind.CLASS_AND_BOX, heads(3)))
        .hasMessage("the loss compares 3 outputs with numbers; a box has 4");
    assertThatThrownBy(() -> Objective.of(Kind.NONE, ONE))
        .hasMessage("there is nothing to learn from images with no labels");
  }

  @Test
  void anOutputThatSaysSomethingElseIsRefused() {
    Objective.CLASSES.check(EACH, Shape.of(3), 3);
    Objective.CLASS_AND_BOX.check(heads(4), Shape.of(7), 3);
    assertThatThrownBy(() -> Objective.CLASSES.check(EACH, Shape.of(5), 3))
        .hasMessageContaining("need one output for each of 3 classes, got an output of 5");
    Loss turned =
        new WeightedHeads(List.of(new Head(4, 1, new SmoothL1(1), TargetKind.VALUES), CLASSES));
    assertThatThrownBy(() -> Objective.CLASS_AND_BOX.check(turned, Shape.of(7), 3))
        .hasMessage(
            "the loss needs two heads, first one of size 3 with targets = classes, then one of"
                + " size 4 with targets = values");
  }

  @Test
  void filesSayIt() {
    for (Objective objective : Objective.values()) {
      assertThat(Objective.ofText(objective.text())).isEqualTo(objective);
    }
    assertThat(Objective.CLASS_AND_BOX.text()).isEqualTo("class-and-box");
  }
}
