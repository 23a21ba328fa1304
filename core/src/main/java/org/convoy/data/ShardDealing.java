package org.convoy.data;

import java.io.Serializable;
import org.convoy.random.KeyedPermutation;
import org.convoy.random.RandomKey;

/**
 * Which image is where: a keyed permutation of the image ids 0..N-1 is dealt like cards to the
 * shards, so that shard sizes differ by at most one; each shard's images fill its chunks in order.
 * It depends on the options alone, never on partitions or executors, and needs no table.
 *
 * @param seed the run's seed
 * @param imageCount N, at least 1
 * @param shards number of logical workers, a power of two
 * @param chunkCapacity images a chunk, at least 1
 */
public record ShardDealing(long seed, long imageCount, int shards, int chunkCapacity)
    implements Serializable {

  /** A shard, one of its chunks, and a place in that chunk. */
  public record Place(int shard, int chunk, int slot) {}

  public ShardDealing {
    if (imageCount < 1) {
      throw new IllegalArgumentException("there must be at least one image, got " + imageCount);
    }
    if (shards < 1 || Integer.bitCount(shards) != 1) {
      throw new IllegalArgumentException("shards must be a power of two, got " + shards);
    }
    if (chunkCapacity < 1) {
      throw new IllegalArgumentException(
          "a chunk must hold at least one image, got " + chunkCapacity);
    }
  }

  /** The permutation that deals; make it once where many ids are looked up. */
  public KeyedPermutation permutation() {
    return new KeyedPermutation(RandomKey.ofSeed(seed).with("deal"), imageCount);
  }

  /** Where an image lies. */
  public Place place(KeyedPermutation permutation, long id) {
    long card = permutation.apply(id);
    long position = card / shards;
    return new Place(
        (int) (card % shards), (int) (position / chunkCapacity), (int) (position % chunkCapacity));
  }

  /** The image at a place. */
  public long imageAt(KeyedPermutation permutation, Place place) {
    long position = (long) place.chunk() * chunkCapacity + place.slot();
    return permutation.invert(position * shards + place.shard());
  }

  /** Number of images dealt to a shard. */
  public long shardSize(int shard) {
    return Math.max(0, (imageCount - shard + shards - 1) / shards);
  }

  /** A shard's first local position at or behind a position of a whole epoch. */
  long localPosition(int shard, long position) {
    long beyond = position - shard;
    return beyond <= 0 ? 0 : (beyond + shards - 1) / shards;
  }

  /** Number of chunks of the fullest shard. */
  public int chunksPerShard() {
    return Math.toIntExact((shardSize(0) + chunkCapacity - 1) / chunkCapacity);
  }

  /** Number of images dealt to a chunk; 0 for one that its shard does not reach. */
  public int chunkSize(int shard, int chunk) {
    long rest = shardSize(shard) - (long) chunk * chunkCapacity;
    return (int) Math.max(0, Math.min(chunkCapacity, rest));
  }

  /**
   * One number for each chunk, 0 up to shards * chunksPerShard - 1: chunk by chunk, shard by shard.
   */
  public int chunkNumber(int shard, int chunk) {
    return Math.addExact(Math.multiplyExact(chunk, shards), shard);
  }

  /** Number of chunk numbers. */
  public int chunkCount() {
    return Math.multiplyExact(chunksPerShard(), shards);
  }
}
