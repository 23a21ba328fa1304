package org.convoy.spark.input;

import java.io.Serializable;
import org.convoy.data.Annotation;

/**
 * An image that is left out because it cannot be read or decoded.
 *
 * @param id place in the source's order
 * @param key the path of its file, or {@code path#number} within a file of many images
 * @param annotation what is known about what it shows
 * @param reason what is wrong, to be read beside the key
 */
public record UndecodableImage(long id, String key, Annotation annotation, String reason)
    implements Serializable {
  @Override
  public String toString() {
    return key + ": " + reason;
  }
}
