package org.convoy.spark.input;

import java.util.List;
import java.util.Optional;
import org.convoy.tensor.Shape;

/**
 * What is known about a source's images before any is decoded.
 *
 * @param count number of images; their ids are 0..count-1
 * @param classes name of each label; empty if the images have no labels
 * @param imageShape channels x height x width, where the format says it for all images
 * @param fingerprint SHA-256 in hexadecimal that tells other data apart; each source says of what
 * @param notes what a reader of the run's log should know, such as files that were skipped
 */
public record ImageSetSummary(
    long count,
    List<String> classes,
    Optional<Shape> imageShape,
    String fingerprint,
    List<String> notes) {
  public ImageSetSummary {
    if (count < 1) {
      throw new IllegalArgumentException("a source must hold at least one image, got " + count);
    }
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
  }

  /** Whether each image has a label. */
  public boolean isLabeled() {
    return !classes.isEmpty();
  }

  ImageSetSummary withClasses(List<String> wanted) {
    return new ImageSetSummary(count, wanted, imageShape, fingerprint, notes);
  }
}
