package org.convoy.data;

import org.convoy.random.KeyedPermutation;
import org.convoy.random.RandomKey;

/**
 * The order in which one epoch visits every image once. The order of the chunks is drawn for all
 * shards together, so that a step touches few chunks; inside a chunk the images are permuted.
 *
 * <p>Position q of the whole epoch belongs to shard q mod S, as its local position q / S: a step
 * over positions from..to-1 takes exactly that many images, whatever the number of shards.
 */
public final class EpochOrder {
  private final ShardDealing dealing;
  private final RandomKey key;
  private final int[] chunkOrder;

  public EpochOrder(ShardDealing dealing, int epoch) {
    this.dealing = dealing;
    this.key = RandomKey.ofSeed(dealing.seed()).with("order").with(epoch);
    this.chunkOrder = new int[dealing.chunksPerShard()];
    KeyedPermutation chunks = new KeyedPermutation(key.with("chunks"), chunkOrder.length);
    for (int i = 0; i < chunkOrder.length; i++) {
      chunkOrder[i] = (int) chunks.apply(i);
    }
  }

  /** Receives the places of a shard's images one by one. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param chunk index of the chunk in its shard
     * @param slot place of the image in the chunk
     */
    void visit(int chunk, int slot);
  }

  /** A shard's first local position at or behind a position of the whole epoch. */
  public long localPosition(int shard, long position) {
    long beyond = position - shard;
    return beyond <= 0 ? 0 : (beyond + dealing.shards() - 1) / dealing.shards();
  }

  /**
   * Visits, in order, the images of one shard among positions {@code from}..{@code to}-1 of the
   * whole epoch.
   */
  public void visit(int shard, long from, long to, Visitor visitor) {
    long local = localPosition(shard, from);
    long end = Math.min(localPosition(shard, to), dealing.shardSize(shard));
    long chunkStart = 0;
    for (int i = 0; i < chunkOrder.length && local < end; i++) {
      int chunk = chunkOrder[i];
      int size = dealing.chunkSize(shard, chunk);
      if (local < chunkStart + size) {
        KeyedPermutation slots = new KeyedPermutation(key.with(shard).with(chunk), size);
        for (; local < Math.min(end, chunkStart + size); local++) {
          visitor.visit(chunk, (int) slots.apply(local - chunkStart));
        }
      }
      chunkStart += size;
    }
  }
}
