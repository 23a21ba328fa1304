package org.convoy.spark.training;

import org.convoy.spark.training.SumTraffic.Load;

/**
 * What a driver can take of a step's results beside all else that it holds.
 *
 * @param bytes of its heap
 * @param resultLimit bytes of a job's results ({@code spark.driver.maxResultSize})
 */
public record DriverRoom(long bytes, long resultLimit) {
  /** Part of a heap that may be planned with; the collector needs some. */
  public static final double COMFORTABLE = 0.8;

  /** Spark, its RPC and our classes after a few steps: 90 MB to 130 MB measured. */
  public static final long BASE = 120L << 20;

  /** Parameters, broadcast, best weights, an average, and two of an optimizer, and one to spare. */
  private static final int VECTORS = 7;

  /** What Spark adds to a task's result, generously. */
  private static final long BESIDE_A_RESULT = 16L << 10;

  /**
   * Of a driver that trains.
   *
   * @param computes whether it computes the tasks too, for which it keeps half of its heap
   * @param vector bytes of the parameters
   */
  public static DriverRoom of(long heap, boolean computes, long vector, long resultLimit) {
    double planned = COMFORTABLE * heap / (computes ? 2 : 1);
    return new DriverRoom((long) planned - BASE - VECTORS * vector, resultLimit);
  }

  /** Whether results fit comfortably. */
  boolean has(Load load) {
    return load.total() <= bytes
        && load.received() + load.results() * BESIDE_A_RESULT <= resultLimit;
  }
}
