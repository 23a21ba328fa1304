package org.convoy.train;

import java.util.Arrays;
import java.util.List;
import org.convoy.augment.PixelPipeline;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.image.geometry.VisibleBox;
import org.convoy.nn.Targets;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * What the images of a batch should come out as, by their annotations. Memory is made once and
 * reused.
 *
 * <p>Several classes become a row of ones and zeros. A box becomes four numbers in [0, 1]: middle's
 * row and column, height and width, each divided by the height or width of the picture that the
 * network sees, after resizing and augmentation; the part outside of that picture is cut off. Of an
 * image without a box, or whose object is no longer to be seen, they are not known (NaN), and no
 * loss comes from them.
 */
final class TargetBatch {
  private final Objective objective;
  private final Shape seen;
  private final int[] labels;
  private final Tensor values;
  private final Targets targets;

  /** Follows boxes of a picture to what the network sees of it. */
  @FunctionalInterface
  interface View {
    List<VisibleBox> follow(List<Box> boxes);
  }

  /**
   * @param image shape of the packed images
   * @param shares whether examples of one class get shares of the classes, too, to be mixed
   */
  TargetBatch(
      Objective objective,
      PixelPipeline pipeline,
      Shape image,
      int classCount,
      int capacity,
      boolean shares) {
    this.objective = objective;
    this.seen = pipeline.outputShape(image);
    this.labels = new int[capacity];
    this.values =
        switch (objective) {
          case CLASS -> shares ? Tensor.zeros(Shape.of(capacity, classCount)) : null;
          case CLASSES -> Tensor.zeros(Shape.of(capacity, classCount));
          case CLASS_AND_BOX -> Tensor.zeros(Shape.of(capacity, Objective.BOX_NUMBERS));
        };
    this.targets = values == null ? Targets.ofClasses(labels) : Targets.of(labels, values);
  }

  /**
   * Sets those of an example.
   *
   * @param view where boxes of the picture are in what the network sees
   * @throws IllegalStateException if the annotation is not of the objective's kind
   */
  void set(int example, Annotation annotation, View view) {
    switch (objective) {
      case CLASS -> {
        labels[example] = classOf(annotation);
        if (values != null) {
          setClasses(example, annotation.classes());
        }
      }
      case CLASSES -> setClasses(example, annotation.classes());
      case CLASS_AND_BOX -> {
        labels[example] = classOf(annotation);
        setBox(example, annotation, view);
      }
    }
  }

  private static int classOf(Annotation annotation) {
    int label = annotation.label();
    if (label == Annotation.NO_LABEL) {
      throw new IllegalStateException("expected an image of one class, got " + annotation);
    }
    return label;
  }

  private void setClasses(int example, int[] classes) {
    int width = values.shape().size(1);
    Arrays.fill(values.data(), example * width, (example + 1) * width, 0);
    for (int label : classes) {
      values.data()[example * width + label] = 1;
    }
  }

  private void setBox(int example, Annotation annotation, View view) {
    int at = example * Objective.BOX_NUMBERS;
    Box box = visible(annotation, view);
    double height = seen.size(1);
    double width = seen.size(2);
    float[] numbers = values.data();
    if (box == null) {
      Arrays.fill(numbers, at, at + Objective.BOX_NUMBERS, Float.NaN);
      return;
    }
    numbers[at] = (float) ((box.top() + box.bottom()) / 2 / height);
    numbers[at + 1] = (float) ((box.left() + box.right()) / 2 / width);
    numbers[at + 2] = (float) (box.height() / height);
    numbers[at + 3] = (float) (box.width() / width);
  }

  private static Box visible(Annotation annotation, View view) {
    if (!annotation.hasBoxes()) {
      return null;
    }
    Box box = view.follow(annotation.boxes()).get(0).box();
    return box.area() > 0 ? box : null;
  }

  /** Targets of the first examples, as many as there are in the batch; valid until the next. */
  Targets targets() {
    return targets;
  }

  /** Mixes what two examples should come out as; the first keeps {@code share} of its own. */
  void mix(int first, int second, double share) {
    int width = values.shape().size(1);
    float own = (float) share;
    for (int k = 0; k < width; k++) {
      float a = values.data()[first * width + k];
      float b = values.data()[second * width + k];
      values.data()[first * width + k] = own * a + (1 - own) * b;
      values.data()[second * width + k] = own * b + (1 - own) * a;
    }
    if (share < 0.5) {
      int label = labels[first];
      labels[first] = labels[second];
      labels[second] = label;
    }
  }
}
