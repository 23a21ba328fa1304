package org.convoy.spark.input;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.convoy.data.Annotation;

/**
 * An image that cannot be read or decoded, or only in part, or has another size than wanted.
 *
 * @param id place in the source's order
 * @param key the path of its file, or {@code path#number} within a file of many images
 * @param annotation what is known about what it shows
 * @param bytes length of its file; negative if it could not be read
 * @param reason what is wrong, to be read beside the key
 * @param exception class of the exception that told it; empty if there was none
 * @param used whether what is there of it is used all the same; else it is left out
 */
public record UndecodableImage(
    long id,
    String key,
    Annotation annotation,
    long bytes,
    String reason,
    String exception,
    boolean used)
    implements Serializable {
  /** A line of a quarantine file. */
  public Map<String, Object> describe() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", id);
    line.put("path", key);
    line.put("bytes", bytes < 0 ? null : bytes);
    line.put("reason", reason);
    line.put("exception", exception.isEmpty() ? null : exception);
    line.put("used", used);
    return line;
  }

  @Override
  public String toString() {
    return key + ": " + reason;
  }
}
