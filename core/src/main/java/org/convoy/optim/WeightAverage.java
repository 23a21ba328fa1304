package org.convoy.optim;

import org.convoy.nn.Parameters;

/**
 * The numbers of a {@link WeightAveraging}: one vector as long as the network's, running statistics
 * among them. To save it, write {@link #average} under {@link #NAME}; to restore it, give it to the
 * constructor.
 */
public final class WeightAverage {
  /** What its vector is called where it is saved. */
  public static final String NAME = "average";

  private final WeightAveraging averaging;
  private final Parameters average;

  /**
   * @param start the weights before the first step, or a saved average; copied
   */
  public WeightAverage(WeightAveraging averaging, Parameters start) {
    this.averaging = averaging;
    this.average = start.copy();
  }

  /** The average itself, not a copy. */
  public Parameters average() {
    return average;
  }

  /**
   * Takes in the weights after a step, if it is one that counts. What has not changed keeps its
   * bits.
   *
   * @param weights changed in place where training goes on from the average
   * @param stepsDone this step among them, from the beginning of the run
   * @param totalSteps of the whole run
   */
  public void afterStep(Parameters weights, long stepsDone, long totalSteps) {
    if (stepsDone % averaging.every() != 0) {
      return;
    }
    float taken = (float) (1 - averaging.kept(stepsDone, totalSteps));
    float[] from = weights.values();
    float[] to = average.values();
    for (int i = 0; i < to.length; i++) {
      float way = from[i] - to[i];
      to[i] = way == 0 || taken == 1 ? from[i] : Math.fma(taken, way, to[i]);
    }
    if (averaging.goesOnFromAverage()) {
      System.arraycopy(to, 0, from, 0, to.length);
    }
  }
}
