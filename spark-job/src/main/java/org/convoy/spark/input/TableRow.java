package org.convoy.spark.input;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.tensor.Shape;

/** A row of a table of pictures. */
final class TableRow {
  private final String key;
  private final byte[] content;
  private final List<String> labels;
  private final Supplier<List<Box>> boxes;
  private final String problem;

  /**
   * @param content the picture's bytes, or null
   * @param labels as they are written
   * @param boxes throws an {@code IllegalArgumentException} if they are none
   * @param problem why there is no picture, if that is known
   */
  TableRow(
      String key, byte[] content, List<String> labels, Supplier<List<Box>> boxes, String problem) {
    this.key = key;
    this.content = content;
    this.labels = labels;
    this.boxes = boxes;
    this.problem = problem;
  }

  /**
   * The image; an unreadable one, if there is no picture or its labels are not what they should.
   *
   * @param pixels shape of the picture, if it is no file but pixels
   */
  EncodedImage image(long id, RowLabels known, Optional<Shape> pixels) {
    Annotation annotation;
    try {
      annotation = known.annotation(labels, boxes.get());
    } catch (IllegalArgumentException e) {
      return EncodedImage.unreadable(
          id,
          key,
          Annotation.UNKNOWN,
          problem.isEmpty() ? "cannot be used: " + e.getMessage() : problem);
    }
    if (!problem.isEmpty()) {
      return EncodedImage.unreadable(id, key, annotation, problem);
    } else if (content == null || content.length == 0) {
      return EncodedImage.unreadable(
          id, key, annotation, "cannot be read: its row holds no picture");
    } else if (pixels.isEmpty()) {
      return EncodedImage.file(id, key, annotation, content);
    }
    return content.length == pixels.get().elementCount()
        ? EncodedImage.pixels(id, key, annotation, pixels.get(), content)
        : EncodedImage.unreadable(
            id,
            key,
            annotation,
            "cannot be read: it has "
                + content.length
                + " bytes, expected pixels of "
                + pixels.get());
  }
}
