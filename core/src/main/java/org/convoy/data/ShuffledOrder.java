package org.convoy.data;

import org.convoy.random.KeyedPermutation;
import org.convoy.random.RandomKey;

/**
 * Every image once. The order of the chunks is drawn for all shards together, so that a step
 * touches few chunks; inside a chunk the images are permuted.
 */
final class ShuffledOrder implements EpochOrder {
  private final ShardDealing dealing;
  private final int epoch;
  private final RandomKey key;
  private final int[] chunkOrder;

  ShuffledOrder(ShardDealing dealing, int epoch) {
    this.dealing = dealing;
    this.epoch = epoch;
    this.key = RandomKey.ofSeed(dealing.seed()).with("order").with(epoch);
    this.chunkOrder = new int[dealing.chunksPerShard()];
    KeyedPermutation chunks = new KeyedPermutation(key.with("chunks"), chunkOrder.length);
    for (int i = 0; i < chunkOrder.length; i++) {
      chunkOrder[i] = (int) chunks.apply(i);
    }
  }

  @Override
  public void visit(int shard, long from, long to, Visitor visitor) {
    long local = dealing.localPosition(shard, from);
    long end = Math.min(dealing.localPosition(shard, to), dealing.shardSize(shard));
    long chunkStart = 0;
    for (int i = 0; i < chunkOrder.length && local < end; i++) {
      int chunk = chunkOrder[i];
      int size = dealing.chunkSize(shard, chunk);
      if (local < chunkStart + size) {
        KeyedPermutation slots = new KeyedPermutation(key.with(shard).with(chunk), size);
        for (; local < Math.min(end, chunkStart + size); local++) {
          visitor.visit(chunk, (int) slots.apply(local - chunkStart), epoch);
        }
      }
      chunkStart += size;
    }
  }
}
