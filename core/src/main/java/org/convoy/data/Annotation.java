package org.convoy.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.convoy.image.Box;

/**
 * What is known about what an image shows: labels, which are numbers of classes from 0, and for
 * each of them a box, if there are boxes at all. That covers an image's class, several classes that
 * are there together (or none), a class with the place of its object, and a list of objects.
 * Nothing at all may be known, too, which is something else than that nothing is there.
 *
 * <p>Immutable, and cheap where an image has one class: those of the first classes are shared.
 */
public final class Annotation implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Stands for the class of an image about which nothing is known. */
  public static final int NO_LABEL = -1;

  /** Of an image about which nothing is known. */
  public static final Annotation UNKNOWN = new Annotation(null, new double[0]);

  private static final int SHARED = 1024;
  private static final int EDGES = 4;
  private static final double[] NO_BOXES = new double[0];
  private static final Annotation[] OF_CLASS =
      IntStream.range(0, SHARED)
          .mapToObj(label -> new Annotation(new int[] {label}, NO_BOXES))
          .toArray(Annotation[]::new);

  private final int[] labels;
  // Top, left, bottom and right of each label's box, or nothing.
  private final double[] edges;

  /** What the images of a set are annotated with. */
  public enum Kind {
    /** Nothing. */
    NONE("no labels"),
    /** Each has one class. */
    CLASS("one class each"),
    /** Each has any number of classes, none too. */
    CLASSES("any number of classes each"),
    /** Each has one class, and one box where it is known. */
    CLASS_AND_BOX("one class and one box each"),
    /** Each has any number of boxes with a class, none too. */
    OBJECTS("any number of boxes with a class each");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Whether there may be any number of labels, or exactly one. */
    public boolean hasManyLabels() {
      return this == CLASSES || this == OBJECTS;
    }

    /** Whether each label has a box. */
    public boolean hasBoxes() {
      return this == CLASS_AND_BOX || this == OBJECTS;
    }

    /** Whether an image of such a set may have this annotation. */
    public boolean allows(Annotation annotation) {
      if (this == NONE || !annotation.isKnown()) {
        return this == NONE && !annotation.isKnown();
      }
      return switch (this) {
        case NONE -> false;
        case CLASS -> annotation.labelCount() == 1 && !annotation.hasBoxes();
        case CLASSES -> !annotation.hasBoxes();
        case CLASS_AND_BOX -> annotation.labelCount() == 1;
        case OBJECTS -> annotation.labelCount() == 0 || annotation.hasBoxes();
      };
    }

    /** To be read behind "images have". */
    @Override
    public String toString() {
      return words;
    }
  }

  private Annotation(int[] labels, double[] edges) {
    this.labels = labels;
    this.edges = edges;
  }

  /** One class. */
  public static Annotation ofClass(int label) {
    return label >= 0 && label < SHARED
        ? OF_CLASS[label]
        : new Annotation(new int[] {checked(label)}, NO_BOXES);
  }

  /** One class, or {@link #UNKNOWN} for {@link #NO_LABEL}. */
  public static Annotation ofLabel(int label) {
    return label == NO_LABEL ? UNKNOWN : ofClass(label);
  }

  /** Classes that are there together, in any order, or none at all; one named twice counts once. */
  public static Annotation ofClasses(int... labels) {
    if (labels.length == 1) {
      return ofClass(labels[0]);
    }
    return new Annotation(
        Arrays.stream(labels).map(Annotation::checked).sorted().distinct().toArray(), NO_BOXES);
  }

  /** A class and where it is to be seen. */
  public static Annotation ofBox(int label, Box box) {
    return new Annotation(new int[] {checked(label)}, edges(List.of(box)));
  }

  /**
   * Objects, in the source's order, or none at all.
   *
   * @param labels class of each
   * @param boxes where each is, in pixels of the picture as it is shown
   */
  public static Annotation ofObjects(int[] labels, List<Box> boxes) {
    if (labels.length != boxes.size()) {
      throw new IllegalArgumentException(
          String.format(
              "objects need a class and a box each, got %d classes and %d boxes",
              labels.length, boxes.size()));
    }
    return new Annotation(Arrays.stream(labels).map(Annotation::checked).toArray(), edges(boxes));
  }

  private static int checked(int label) {
    if (label < 0) {
      throw new IllegalArgumentException("classes are numbered from 0, got " + label);
    }
    return label;
  }

  private static double[] edges(List<Box> boxes) {
    double[] edges = new double[EDGES * boxes.size()];
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      edges[EDGES * i] = box.top();
      edges[EDGES * i + 1] = box.left();
      edges[EDGES * i + 2] = box.bottom();
      edges[EDGES * i + 3] = box.right();
    }
    return edges;
  }

  /** Whether anything is known, be it that nothing is there. */
  public boolean isKnown() {
    return labels != null;
  }

  /** Number of labels; of objects, their number. */
  public int labelCount() {
    return labels == null ? 0 : labels.length;
  }

  /** Class of a label, from 0. */
  public int label(int index) {
    return labels[index];
  }

  /**
   * Class of an image that has one, or {@link #NO_LABEL} if nothing is known.
   *
   * @throws IllegalStateException if there are several, or none
   */
  public int label() {
    if (labels == null) {
      return NO_LABEL;
    } else if (labels.length != 1) {
      throw new IllegalStateException("expected an image of one class, got " + this);
    }
    return labels[0];
  }

  /** Whether each label has a box; never where there is no label. */
  public boolean hasBoxes() {
    return edges.length > 0;
  }

  /**
   * Box of a label, from 0.
   *
   * @throws IllegalStateException if labels have none
   */
  public Box box(int index) {
    if (!hasBoxes()) {
      throw new IllegalStateException("expected a box for each label, got " + this);
    }
    int at = EDGES * index;
    return new Box(edges[at], edges[at + 1], edges[at + 2], edges[at + 3]);
  }

  /** All boxes, one for each label, or none. */
  public List<Box> boxes() {
    return IntStream.range(0, edges.length / EDGES).mapToObj(this::box).toList();
  }

  /** The classes that are there, each once, in ascending order. */
  public int[] classes() {
    return labels == null ? new int[0] : Arrays.stream(labels).sorted().distinct().toArray();
  }

  /** The same with other numbers for the classes; a label keeps its box. */
  public Annotation withLabels(IntUnaryOperator renamed) {
    if (labels == null || labels.length == 0) {
      return this;
    }
    int[] others = Arrays.stream(labels).map(renamed).toArray();
    return hasBoxes() ? ofObjects(others, boxes()) : ofClasses(others);
  }

  /** Those labels that are kept, with their boxes. */
  public Annotation keep(IntPredicate kept) {
    if (labels == null || Arrays.stream(labels).allMatch(kept)) {
      return this;
    }
    int[] places = IntStream.range(0, labels.length).filter(i -> kept.test(labels[i])).toArray();
    int[] some = Arrays.stream(places).map(this::label).toArray();
    return hasBoxes()
        ? ofObjects(some, Arrays.stream(places).mapToObj(this::box).toList())
        : ofClasses(some);
  }

  /** The same labels with other boxes, such as those of a resized picture. */
  public Annotation withBoxes(UnaryOperator<Box> moved) {
    if (!hasBoxes()) {
      return this;
    }
    List<Box> others = new ArrayList<>(labels.length);
    boxes().forEach(box -> others.add(moved.apply(box)));
    return withBoxes(others);
  }

  /** The same labels with other boxes, one for each of them. */
  public Annotation withBoxes(List<Box> others) {
    return ofObjects(labels, others);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Annotation that
        && Arrays.equals(labels, that.labels)
        && Arrays.equals(edges, that.edges);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(edges);
  }

  /**
   * Such as {@code unknown}, {@code class 3}, {@code classes [1, 4]}, {@code class 3 in Box[…]}.
   */
  @Override
  public String toString() {
    if (labels == null) {
      return "unknown";
    } else if (hasBoxes()) {
      List<String> objects = new ArrayList<>();
      for (int i = 0; i < labels.length; i++) {
        objects.add("class " + labels[i] + " in " + box(i));
      }
      return String.join(", ", objects);
    }
    return labels.length == 1 ? "class " + labels[0] : "classes " + Arrays.toString(labels);
  }

  private Object readResolve() {
    return labels == null ? UNKNOWN : this;
  }
}
