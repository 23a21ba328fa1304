package org.convoy.spark.input;

import java.io.Closeable;
import java.io.IOException;

/** Images of a slice, one after another. */
public interface EncodedImages extends Closeable {
  /**
   * The next image.
   *
   * @return null behind the last one
   * @throws IOException if reading fails in a way that may not happen again; what is wrong with one
   *     image for good is an {@link EncodedImage#unreadable} instead
   */
  EncodedImage next() throws IOException;

  /** Passes over so many images, without reading them where that can be. */
  default void skip(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      next();
    }
  }
}
