package org.convoy.augment;

import org.convoy.random.RandomKey;

/**
 * What random values are made of: whose picture it is, and when. Two contexts that are equal draw
 * the same, wherever and however often that happens.
 *
 * @param key names run, epoch, image and, inside of a pipeline, the augmentation's position
 * @param imageKey names run, image and position: what is drawn from it stays the same in all epochs
 * @param epoch from 0; of images that an epoch may visit several times, how often the run has
 *     visited this one before
 */
public record DrawContext(RandomKey key, RandomKey imageKey, int epoch) {
  public DrawContext {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch must be at least 0, got " + epoch);
    }
  }

  /**
   * The context of an image in a training run.
   *
   * @param seed of the run
   * @param epoch from 0
   * @param image its id
   */
  public static DrawContext of(long seed, int epoch, long image) {
    RandomKey run = RandomKey.ofSeed(seed).with("example");
    return new DrawContext(
        run.with(epoch).with(image).with("augment"),
        run.with("every epoch").with(image).with("augment"),
        epoch);
  }

  /** The context one step further down: of one of several augmentations. */
  public DrawContext with(long part) {
    return new DrawContext(key.with(part), imageKey.with(part), epoch);
  }
}
