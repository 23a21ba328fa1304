package org.convoy.optim;

import java.io.Serializable;

/**
 * A moving average of a network's weights over the steps of a run, judged and saved in their place.
 * Its numbers are a {@link WeightAverage}.
 *
 * <p>Steps are counted from the beginning of the run, so that a resumed run goes on where it
 * stopped.
 */
public interface WeightAveraging extends Serializable {

  /** Steps from one update of the average to the next, at least 1. */
  int every();

  /**
   * What the average keeps of itself in an update: average = kept * average + (1 - kept) * weights.
   *
   * @param stepsDone a multiple of {@link #every}, at least that
   * @param totalSteps of the whole run, at least 1
   * @return 0 to 1
   */
  double kept(long stepsDone, long totalSteps);

  /** Whether training goes on from the average after each update. */
  boolean goesOnFromAverage();
}
