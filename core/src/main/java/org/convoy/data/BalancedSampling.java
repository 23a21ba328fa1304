package org.convoy.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Every class equally often an epoch, by numbers that differ by one at most, however many images it
 * has. An epoch is as long as the set has images, so those of small classes come several times, and
 * of large classes some do not come. How often a shard draws a class is the same in all epochs
 * ({@link Quotas}); the order is drawn anew for each ({@link BalancedOrder}).
 *
 * <p>Depends on which image lies where alone. Steps visit images of all chunks of a shard.
 */
public final class BalancedSampling implements Sampling {
  private static final long serialVersionUID = 1L;

  private final ShardClasses[] shards;

  private BalancedSampling(ShardClasses[] shards) {
    this.shards = shards;
  }

  /**
   * For the images of some chunks.
   *
   * @param classes names by number
   * @param chunks all of the set, in any order
   * @throws IllegalArgumentException if a class has no images, or all of them lie in too few shards
   *     to be drawn often enough
   */
  public static BalancedSampling of(
      ShardDealing dealing, List<String> classes, Collection<ChunkLabels> chunks) {
    List<List<ChunkLabels>> ofShard = new ArrayList<>();
    for (int shard = 0; shard < dealing.shards(); shard++) {
      ofShard.add(new ArrayList<>());
    }
    chunks.forEach(chunk -> ofShard.get(chunk.shard()).add(chunk));
    ShardClasses[] shards = new ShardClasses[dealing.shards()];
    Quotas quotas = new Quotas(dealing.shards(), classes);
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] = new ShardClasses(dealing.chunkCapacity(), classes.size(), ofShard.get(shard));
      long room = shards[shard].imageCount() == 0 ? 0 : dealing.shardSize(shard);
      quotas.setRoom(shard, Math.toIntExact(room));
      for (int label = 0; label < classes.size(); label++) {
        quotas.setImages(shard, label, shards[shard].imagesOf(label));
      }
    }
    int[][] draws = quotas.draws();
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard].setDraws(draws[shard]);
    }
    return new BalancedSampling(shards);
  }

  @Override
  public EpochOrder order(ShardDealing dealing, int epoch) {
    return new BalancedOrder(dealing, shards, epoch);
  }
}
