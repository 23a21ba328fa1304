package org.convoy.spark.input;

import org.apache.spark.Partitioner;

/** Partition p is chunk number p ({@link org.convoy.data.ShardDealing#chunkNumber}). */
final class ChunkPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int chunks;

  ChunkPartitioner(int chunks) {
    this.chunks = chunks;
  }

  @Override
  public int numPartitions() {
    return chunks;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkPartitioner partitioner && partitioner.chunks == chunks;
  }

  @Override
  public int hashCode() {
    return chunks;
  }
}
