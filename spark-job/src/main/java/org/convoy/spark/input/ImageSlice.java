package org.convoy.spark.input;

import java.io.IOException;
import java.io.Serializable;
import org.convoy.spark.storage.Storage;

/**
 * A range of a source's images, small enough to be sent to a task. Implementations are registered
 * in {@code ConvoyRegistrator}, because slices travel by Kryo.
 */
public interface ImageSlice extends Serializable {
  /** Opens the range; the images come in the order of their ids. */
  EncodedImages open(Storage storage) throws IOException;
}
