package org.convoy.spark.input;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.data.Annotation;
import org.convoy.image.Box;

/** From labels as a table has them to what is known about an image. Travels with slices. */
final class RowLabels implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean labeled;
  private final boolean many;
  private final boolean boxed;
  private final boolean numbered;
  private final String[] classes;
  private transient Map<String, Integer> numbers;

  /**
   * @param numbered whether labels are numbers of classes, from 0, and not their names
   */
  RowLabels(Annotation.Kind kind, boolean numbered, List<String> classes) {
    this.labeled = kind != Annotation.Kind.NONE;
    this.many = kind.hasManyLabels();
    this.boxed = kind.hasBoxes();
    this.numbered = numbered;
    this.classes = classes.toArray(String[]::new);
  }

  /**
   * What is known about an image.
   *
   * @param labels as they are written
   * @throws IllegalArgumentException if it is not what images of this table have; the message says
   *     why
   */
  Annotation annotation(List<String> labels, List<Box> boxes) {
    if (!labeled) {
      return Annotation.UNKNOWN;
    }
    if (!many && labels.size() != 1) {
      throw new IllegalArgumentException(
          labels.isEmpty() ? "it has no label" : "expected one label, got " + labels);
    }
    if (boxed && boxes.size() != labels.size()) {
      throw new IllegalArgumentException(
          "it has " + labels.size() + " labels and " + boxes.size() + " boxes");
    }
    int[] known = labels.stream().mapToInt(this::number).toArray();
    return boxed ? Annotation.ofObjects(known, boxes) : Annotation.ofClasses(known);
  }

  private int number(String label) {
    Integer number = numbered ? whole(label) : numbers().get(label);
    if (number == null || number >= classes.length) {
      throw new IllegalArgumentException(
          String.format(
              "its label '%s' is none of the %d classes (%s)",
              label,
              classes.length,
              numbered ? "0 to " + (classes.length - 1) : NoPictures.some(Arrays.asList(classes))));
    }
    return number;
  }

  private Map<String, Integer> numbers() {
    if (numbers == null) {
      Map<String, Integer> made = new LinkedHashMap<>();
      for (String name : classes) {
        made.put(name, made.size());
      }
      numbers = made;
    }
    return numbers;
  }

  /** A whole number from 0 as it is written; null if it is none. */
  static Integer whole(String label) {
    try {
      return label.matches("\\d{1,9}") ? Integer.valueOf(label) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
