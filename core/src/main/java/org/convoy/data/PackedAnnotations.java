package org.convoy.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.image.Box;

/**
 * Annotations of many images in primitive arrays: one number an image where each has one class;
 * else all labels one behind the other, with the place where each image's labels begin, and the
 * edges of their boxes if there are any.
 */
public final class PackedAnnotations implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EDGES = 4;

  // Of an image about which nothing is known: one label, Annotation.NO_LABEL.
  private final int[] labels;
  // Where an image's labels begin, and their number at the end; null if each image has one.
  private final int[] starts;
  // Four for each label, not a number where a label has no box; null if none has.
  private final double[] edges;

  private PackedAnnotations(int[] labels, int[] starts, double[] edges) {
    this.labels = labels;
    this.starts = starts;
    this.edges = edges;
  }

  /** Packs annotations, in their order. */
  public static PackedAnnotations of(List<Annotation> annotations) {
    int[] starts = new int[annotations.size() + 1];
    boolean plain = true;
    boolean boxes = false;
    for (int i = 0; i < annotations.size(); i++) {
      int count = count(annotations.get(i));
      starts[i + 1] = Math.addExact(starts[i], count);
      plain &= count == 1;
      boxes |= annotations.get(i).hasBoxes();
    }
    int[] labels = new int[starts[annotations.size()]];
    double[] edges = boxes ? new double[Math.multiplyExact(EDGES, labels.length)] : null;
    if (boxes) {
      Arrays.fill(edges, Double.NaN);
    }
    for (int i = 0; i < annotations.size(); i++) {
      put(annotations.get(i), starts[i], labels, edges);
    }
    return new PackedAnnotations(labels, plain ? null : starts, edges);
  }

  private static int count(Annotation annotation) {
    return annotation.isKnown() ? annotation.labelCount() : 1;
  }

  private static void put(Annotation annotation, int start, int[] labels, double[] edges) {
    if (!annotation.isKnown()) {
      labels[start] = Annotation.NO_LABEL;
    }
    for (int i = 0; i < annotation.labelCount(); i++) {
      labels[start + i] = annotation.label(i);
      if (annotation.hasBoxes()) {
        Box box = annotation.box(i);
        int at = EDGES * (start + i);
        edges[at] = box.top();
        edges[at + 1] = box.left();
        edges[at + 2] = box.bottom();
        edges[at + 3] = box.right();
      }
    }
  }

  /** Number of images. */
  public int size() {
    return starts == null ? labels.length : starts.length - 1;
  }

  /** Whether each image has one label, or is unknown, and there is no box. */
  public boolean arePlain() {
    return starts == null && edges == null;
  }

  /** Annotation of an image. */
  public Annotation get(int image) {
    int start = start(image);
    int count = start(image + 1) - start;
    if (edges != null && count > 0 && !Double.isNaN(edges[EDGES * start])) {
      List<Box> boxes = new ArrayList<>(count);
      for (int i = start; i < start + count; i++) {
        int at = EDGES * i;
        boxes.add(new Box(edges[at], edges[at + 1], edges[at + 2], edges[at + 3]));
      }
      return Annotation.ofObjects(Arrays.copyOfRange(labels, start, start + count), boxes);
    }
    return count == 1
        ? Annotation.ofLabel(labels[start])
        : Annotation.ofClasses(Arrays.copyOfRange(labels, start, start + count));
  }

  private int start(int image) {
    return starts == null ? image : starts[image];
  }

  /** Bytes of memory that the arrays take. */
  public long byteCount() {
    return (long) Integer.BYTES * (labels.length + (starts == null ? 0 : starts.length))
        + (long) Double.BYTES * (edges == null ? 0 : edges.length);
  }
}
