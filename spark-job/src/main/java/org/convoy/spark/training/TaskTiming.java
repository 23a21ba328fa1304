package org.convoy.spark.training;

import java.io.Serializable;

/**
 * Where one task's time went, in nanoseconds of wall time.
 *
 * @param receive until the parameters were there
 * @param compute forward and backward passes
 * @param serialization writing its sums and reading them again, as far as this has come
 */
public record TaskTiming(long receive, long compute, long serialization) implements Serializable {

  /** No time at all. */
  static final TaskTiming NONE = new TaskTiming(0, 0, 0);

  /** Of a task whose other times are not known. */
  static TaskTiming ofCompute(long nanos) {
    return new TaskTiming(0, nanos, 0);
  }

  long total() {
    return receive + compute + serialization;
  }

  /** The same with more time for the sums' travel. */
  public TaskTiming plusSerialization(long nanos) {
    return new TaskTiming(receive, compute, serialization + nanos);
  }
}
