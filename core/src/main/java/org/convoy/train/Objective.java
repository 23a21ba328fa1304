package org.convoy.train;

import java.util.Locale;
import org.convoy.augment.Views;
import org.convoy.data.Annotation;
import org.convoy.nn.Loss;
import org.convoy.nn.loss.WeightedHeads;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/** What a network learns to say of an image, and how it is judged. */
public enum Objective {
  /** Which class it is of: the largest output. */
  CLASS("one class"),
  /** Which classes are there, none too: each whose output, a logit, is above 0. */
  CLASSES("any number of classes"),
  /**
   * Which class it is of, and where its object is: the classes' outputs, then the box's middle,
   * height and width, as {@link TargetBatch} gives them.
   */
  CLASS_AND_BOX("one class and one box");

  private final String words;

  Objective(String words) {
    this.words = words;
  }

  /** Numbers that say where a box is. */
  static final int BOX_NUMBERS = 4;

  /**
   * What the images of a set can teach by a loss. Boxes are left aside where the loss compares
   * classes alone.
   *
   * @param kind what the images are annotated with
   * @throws IllegalArgumentException if they do not have what the loss compares with
   */
  public static Objective of(Annotation.Kind kind, Loss loss) {
    if (kind == Annotation.Kind.NONE) {
      throw new IllegalArgumentException("there is nothing to learn from images with no labels");
    } else if (loss.numberCount() > 0) {
      return localization(kind, loss);
    } else if (kind.hasManyLabels() && !loss.takesSeveralClasses()) {
      throw new IllegalArgumentException(
          String.format(
              "the images have %s, but the loss compares with exactly one class for each; set"
                  + " loss = binary-cross-entropy, which judges each class by itself",
              kind));
    }
    return kind.hasManyLabels() ? CLASSES : CLASS;
  }

  private static Objective localization(Annotation.Kind kind, Loss loss) {
    if (loss.numberCount() != BOX_NUMBERS) {
      throw new IllegalArgumentException(
          String.format(
              "the loss compares %d outputs with numbers; a box has %d",
              loss.numberCount(), BOX_NUMBERS));
    } else if (kind != Annotation.Kind.CLASS_AND_BOX) {
      throw new IllegalArgumentException(
          String.format(
              "the loss compares with one class and one box for each image, but the images have %s",
              kind));
    }
    return CLASS_AND_BOX;
  }

  /**
   * Checks that a network's output says it.
   *
   * @param output shape of one output example
   * @throws ShapeException if it does not
   */
  void check(Loss loss, Shape output, int classCount) {
    loss.check(output, classCount);
    if (this == CLASSES && output.elementCount() != classCount) {
      throw new ShapeException(
          String.format(
              "images of several classes need one output for each of %d classes, got an output of"
                  + " %s; let the network end in a linear layer with %d outputs",
              classCount, output, classCount));
    }
    if (this == CLASS_AND_BOX
        && !(loss instanceof WeightedHeads heads
            && heads.areClassesThenNumbers(classCount, BOX_NUMBERS))) {
      throw new ShapeException(
          String.format(
              "the loss needs two heads, first one of size %d with targets = classes, then one of"
                  + " size %d with targets = values",
              classCount, BOX_NUMBERS));
    }
  }

  /**
   * Checks that outputs of several views of an image may be averaged.
   *
   * @throws IllegalArgumentException if they say where something is, each in its own view
   */
  public void check(Views views) {
    if (this == CLASS_AND_BOX && views != Views.SINGLE) {
      throw new IllegalArgumentException(
          "evaluationViews: boxes in several views of an image have no mean; set evaluationViews ="
              + " single");
    }
  }

  /** In words. */
  public String words() {
    return words;
  }

  /** As files say it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What {@link #text} gave.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Objective ofText(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
