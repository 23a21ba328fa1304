package org.convoy.data;

import java.io.Serializable;

/** How epochs choose among the images. Depends on data, options and seed alone. */
public interface Sampling extends Serializable {
  /** Every image once an epoch. */
  Sampling SHUFFLED = new ShuffledSampling();

  /**
   * The order of an epoch.
   *
   * @param epoch from 0
   */
  EpochOrder order(ShardDealing dealing, int epoch);
}
