package org.convoy.spark.input;

import java.io.Closeable;
import java.io.IOException;
import org.convoy.data.Annotation;

/** Writes the images of one shard. */
interface PackedWriter extends Closeable {
  /**
   * Adds an image.
   *
   * @param content null if there is a problem
   */
  void add(long id, String key, Annotation annotation, byte[] content, String problem)
      throws IOException;
}
