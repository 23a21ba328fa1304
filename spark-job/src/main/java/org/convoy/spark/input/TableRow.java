package org.convoy.spark.input;

import java.util.List;
import java.util.function.Supplier;
import org.convoy.data.Annotation;
import org.convoy.image.Box;

/** A row of a table of pictures. */
final class TableRow {
  private final String key;
  private final byte[] content;
  private final List<String> labels;
  private final Supplier<List<Box>> boxes;

  /**
   * @param content the picture's bytes, or null
   * @param labels as they are written
   * @param boxes throws an {@code IllegalArgumentException} if they are none
   */
  TableRow(String key, byte[] content, List<String> labels, Supplier<List<Box>> boxes) {
    this.key = key;
    this.content = content;
    this.labels = labels;
    this.boxes = boxes;
  }

  /**
   * The image; an unreadable one, if there is no picture or its labels are not what they should.
   */
  EncodedImage image(long id, RowLabels known) {
    Annotation annotation;
    try {
      annotation = known.annotation(labels, boxes.get());
    } catch (IllegalArgumentException e) {
      return EncodedImage.unreadable(
          id, key, Annotation.UNKNOWN, "cannot be used: " + e.getMessage());
    }
    return content == null || content.length == 0
        ? EncodedImage.unreadable(id, key, annotation, "cannot be read: its row holds no picture")
        : EncodedImage.file(id, key, annotation, content);
  }
}
