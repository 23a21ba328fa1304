package org.convoy.train;

import org.convoy.data.Chunk;

/** Finds a shard's chunks. */
@FunctionalInterface
public interface ChunkSource {

  /**
   * @param shard the shard
   * @param index place of the chunk among those of its shard
   * @throws IllegalStateException if it is not at hand
   */
  Chunk chunk(int shard, int index);
}
