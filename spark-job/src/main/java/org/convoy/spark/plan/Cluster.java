package org.convoy.spark.plan;

/**
 * Executors, each on a machine of its own, and a driver on one more.
 *
 * @param executors at least 1
 * @param cores of each executor, at least 1
 * @param gigabits a second that each machine sends and receives, above 0
 */
public record Cluster(int executors, int cores, double gigabits) {
  private static final double BITS = 8;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Cluster {
    if (executors < 1 || cores < 1 || !(gigabits > 0)) {
      throw new IllegalArgumentException(
          String.format(
              "expected at least 1 executor and 1 core, and a network above 0 Gbit/s, got %d, %d"
                  + " and %s",
              executors, cores, gigabits));
    }
  }

  /** The same with another number of executors. */
  public Cluster withExecutors(int count) {
    return new Cluster(count, cores, gigabits);
  }

  /** Over all executors. */
  public int totalCores() {
    return Math.multiplyExact(executors, cores);
  }

  double bytesPerSecond() {
    return gigabits * 1e9 / BITS;
  }
}
