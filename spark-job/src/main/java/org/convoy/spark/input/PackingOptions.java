package org.convoy.spark.input;

import java.io.Serializable;
import org.convoy.data.ShardDealing;
import org.convoy.tensor.Shape;

/**
 * How images are dealt to chunks. All but {@code partitions} and {@code maxBadImages} decide which
 * image lies where, and so belong to what makes a run repeatable.
 *
 * @param seed of the run
 * @param shards number of logical workers, a power of two
 * @param chunkCapacity images a chunk, at least 1; {@link #chunkCapacity(Shape)} is a good one
 * @param maxBadImages how many images may be left out because they cannot be used
 * @param partitions how many tasks share reading and decoding, at least 1
 */
public record PackingOptions(
    long seed, int shards, int chunkCapacity, MaxBadImages maxBadImages, int partitions)
    implements Serializable {
  private static final int CHUNK_BYTES = 16 << 20;
  private static final int MAXIMUM_CAPACITY = 1024;

  public PackingOptions {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be at least 1, got " + partitions);
    }
  }

  /**
   * @param maxBadImages as a part of the images, in 0..1
   */
  public PackingOptions(
      long seed, int shards, int chunkCapacity, double maxBadImages, int partitions) {
    this(seed, shards, chunkCapacity, MaxBadImages.ofPart(maxBadImages), partitions);
  }

  /** As many images as fit 16 MB, at least 1 and at most 1,024. */
  public static int chunkCapacity(Shape image) {
    return Math.max(1, Math.min(MAXIMUM_CAPACITY, CHUNK_BYTES / image.elementCount()));
  }

  /** Where each image of a set of that size goes. */
  public ShardDealing dealing(long imageCount) {
    return new ShardDealing(seed, imageCount, shards, chunkCapacity);
  }
}
