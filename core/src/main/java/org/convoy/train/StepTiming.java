package org.convoy.train;

/**
 * Where a step's time went, in nanoseconds of wall time; the parts add up to the step.
 *
 * @param broadcast handing out the parameters
 * @param scheduling planning, launching and waiting: what is left of the step
 * @param compute forward and backward passes of the task that took longest
 * @param serialization writing and reading the sums of the task that took longest
 * @param aggregate bringing the sums together
 * @param update from the sum to new parameters
 */
public record StepTiming(
    long broadcast,
    long scheduling,
    long compute,
    long serialization,
    long aggregate,
    long update) {
  /** No time at all. */
  public static final StepTiming ZERO = ofCompute(0);

  /** Nothing but compute. */
  public static StepTiming ofCompute(long nanos) {
    return new StepTiming(0, 0, nanos, 0, 0, 0);
  }

  /** The same with another time for the update. */
  public StepTiming withUpdate(long nanos) {
    return new StepTiming(broadcast, scheduling, compute, serialization, aggregate, nanos);
  }

  public long total() {
    return broadcast + scheduling + compute + serialization + aggregate + update;
  }

  /** Both together. */
  public StepTiming plus(StepTiming other) {
    return new StepTiming(
        broadcast + other.broadcast,
        scheduling + other.scheduling,
        compute + other.compute,
        serialization + other.serialization,
        aggregate + other.aggregate,
        update + other.update);
  }
}
