package org.convoy.data;

/** Every image once an epoch. */
record ShuffledSampling() implements Sampling {
  @Override
  public EpochOrder order(ShardDealing dealing, int epoch) {
    return new ShuffledOrder(dealing, epoch);
  }
}
