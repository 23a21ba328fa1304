package org.convoy.data;

import org.convoy.random.KeyedPermutation;
import org.convoy.random.RandomKey;

/**
 * An epoch of {@link BalancedSampling}. The draws of all classes of a shard are shuffled. Those of
 * one class go through its images there in rounds, each in an order of its own, and go on in the
 * next epoch where the last one ended: no image comes again before all others of its class and
 * shard have come. (Draws with replacement and the weights 1 / n_k, as those of PyTorch's {@code
 * WeightedRandomSampler}, leave out one image in three in as many draws as a class has images.)
 */
final class BalancedOrder implements EpochOrder {
  private final ShardDealing dealing;
  private final ShardClasses[] shards;
  private final int epoch;
  private final RandomKey key;

  BalancedOrder(ShardDealing dealing, ShardClasses[] shards, int epoch) {
    this.dealing = dealing;
    this.shards = shards;
    this.epoch = epoch;
    this.key = RandomKey.ofSeed(dealing.seed()).with("balanced");
  }

  @Override
  public void visit(int shard, long from, long to, Visitor visitor) {
    ShardClasses classes = shards[shard];
    long end = Math.min(dealing.localPosition(shard, to), classes.drawCount());
    long local = dealing.localPosition(shard, from);
    if (local >= end) {
      return;
    }
    KeyedPermutation draws =
        new KeyedPermutation(key.with("draws").with(epoch).with(shard), classes.drawCount());
    for (; local < end; local++) {
      visit(shard, (int) draws.apply(local), visitor);
    }
  }

  private void visit(int shard, int draw, Visitor visitor) {
    ShardClasses classes = shards[shard];
    int label = classes.labelOf(draw);
    int images = classes.imagesOf(label);
    long ofRun = (long) epoch * classes.drawsOf(label) + draw - classes.firstDraw(label);
    long round = ofRun / images;
    RandomKey ofRound = key.with("images").with(shard).with(label).with(round);
    int image = (int) new KeyedPermutation(ofRound, images).apply(ofRun % images);
    visitor.visit(classes.chunk(label, image), classes.slot(label, image), (int) round);
  }
}
