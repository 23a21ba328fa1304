package org.convoy.train;

/**
 * Where a step's time went, in nanoseconds of wall time; the four parts add up to the step.
 *
 * @param broadcast handing out the parameters
 * @param compute the longest task's forward and backward passes
 * @param aggregate bringing the sums together
 * @param scheduling the rest: planning, launching and waiting
 */
public record StepTiming(long broadcast, long compute, long aggregate, long scheduling) {
  /** No time at all. */
  public static final StepTiming ZERO = new StepTiming(0, 0, 0, 0);

  public long total() {
    return broadcast + compute + aggregate + scheduling;
  }

  /** Both together. */
  public StepTiming plus(StepTiming other) {
    return new StepTiming(
        broadcast + other.broadcast,
        compute + other.compute,
        aggregate + other.aggregate,
        scheduling + other.scheduling);
  }
}
