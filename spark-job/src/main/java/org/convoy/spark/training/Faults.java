package org.convoy.spark.training;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What Spark had to do again under a run, and what that took.
 *
 * @param failedTasks attempts that failed, or whose results were lost with their executor
 * @param supersededTasks attempts that were stopped because another one was done first
 * @param executorsLost executors that ended without having been asked to
 * @param disturbedJobs jobs in whose time one of these happened
 * @param taskSeconds that the attempts had taken, added up over all cores
 * @param seconds of wall time that the disturbed jobs took longer than an undisturbed one of their
 *     kind does in the median
 */
public record Faults(
    long failedTasks,
    long supersededTasks,
    long executorsLost,
    long disturbedJobs,
    double taskSeconds,
    double seconds) {
  /** An undisturbed run. */
  public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0);

  /** Whether nothing happened. */
  public boolean isNone() {
    return failedTasks + supersededTasks + executorsLost == 0;
  }

  /** For a run's record. */
  public Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("failedTasks", failedTasks);
    map.put("supersededTasks", supersededTasks);
    map.put("executorsLost", executorsLost);
    map.put("disturbedJobs", disturbedJobs);
    map.put("taskSecondsLost", taskSeconds);
    map.put("secondsLost", seconds);
    return map;
  }

  /** As people read it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d tasks failed, %,d were overtaken, %,d executors lost; computed again in %,d jobs,"
            + " which took %.1f s longer than others",
        failedTasks,
        supersededTasks,
        executorsLost,
        disturbedJobs,
        seconds);
  }
}
