package org.convoy.spark.input;

import java.io.Serializable;
import java.util.List;
import org.convoy.data.Chunk;

/** A chunk with the images that should be in it and are not. */
final class PackedChunk implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Chunk chunk;
  private final List<UndecodableImage> undecodable;

  /**
   * @param undecodable in the order of ids
   */
  PackedChunk(Chunk chunk, List<UndecodableImage> undecodable) {
    this.chunk = chunk;
    this.undecodable = undecodable;
  }

  Chunk chunk() {
    return chunk;
  }

  List<UndecodableImage> undecodable() {
    return undecodable;
  }
}
