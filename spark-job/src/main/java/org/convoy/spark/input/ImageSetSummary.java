package org.convoy.spark.input;

import java.util.List;
import java.util.Optional;
import org.convoy.data.Annotation;
import org.convoy.tensor.Shape;

/**
 * What is known about a source's images before any is decoded.
 *
 * @param count number of images; their ids are 0..count-1
 * @param kind what images are annotated with
 * @param classes name of each label; empty if the images have no labels
 * @param imageShape channels x height x width, where the format says it for all images
 * @param fingerprint SHA-256 in hexadecimal that tells other data apart; each source says of what
 * @param notes what a reader of the run's log should know, such as files that were skipped
 */
public record ImageSetSummary(
    long count,
    Annotation.Kind kind,
    List<String> classes,
    Optional<Shape> imageShape,
    String fingerprint,
    List<String> notes) {
  public ImageSetSummary {
    if (count < 1) {
      throw new IllegalArgumentException("a source must hold at least one image, got " + count);
    }
    if (classes.isEmpty() != (kind == Annotation.Kind.NONE)) {
      throw new IllegalArgumentException(
          String.format("images with %s cannot have %d classes", kind, classes.size()));
    }
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
  }

  /** Images that have one class each, or no labels if there are no classes. */
  public ImageSetSummary(
      long count,
      List<String> classes,
      Optional<Shape> imageShape,
      String fingerprint,
      List<String> notes) {
    this(
        count,
        classes.isEmpty() ? Annotation.Kind.NONE : Annotation.Kind.CLASS,
        classes,
        imageShape,
        fingerprint,
        notes);
  }

  /** Whether it is known what images show. */
  public boolean isLabeled() {
    return kind != Annotation.Kind.NONE;
  }

  ImageSetSummary withClasses(List<String> wanted) {
    return new ImageSetSummary(count, kind, wanted, imageShape, fingerprint, notes);
  }

  /** Of some of the images. */
  ImageSetSummary ofPart(long images, String partFingerprint, List<String> partNotes) {
    return new ImageSetSummary(images, kind, classes, imageShape, partFingerprint, partNotes);
  }
}
