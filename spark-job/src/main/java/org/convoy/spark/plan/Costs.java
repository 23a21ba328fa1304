package org.convoy.spark.plan;

/**
 * What a step is made of.
 *
 * @param stageSeconds to plan, launch and hear of a stage of a job
 * @param broadcastSeconds to announce a broadcast and to release it
 * @param taskSeconds of the driver for each task
 * @param blockSeconds of an executor for each block of a shuffle that it reads
 * @param codecBytesPerSecond of one thread that turns floats into compressed bytes, or back
 * @param memoryBytesPerSecond of one thread that adds a vector to another
 * @param coreFlops floating-point operations a second of one core in training
 */
public record Costs(
    double stageSeconds,
    double broadcastSeconds,
    double taskSeconds,
    double blockSeconds,
    double codecBytesPerSecond,
    double memoryBytesPerSecond,
    double coreFlops) {

  /**
   * Rates of Spark 4.1 that fit steps without compute on two standalone executors of one 2-core
   * machine: 62,000 parameters 9 to 11 ms, 1,000,000 15 to 25 ms, 25,000,000 0.4 to 0.6 s; eight
   * tasks 1 ms more than two. The cost of a shuffle's block is assumed.
   *
   * @param gigaflops of one core in training, above 0
   */
  public static Costs measured(double gigaflops) {
    if (!(gigaflops > 0)) {
      throw new IllegalArgumentException("expected more than 0 GFLOP/s, got " + gigaflops);
    }
    return new Costs(6e-3, 2e-3, 1.7e-4, 1e-4, 1e9, 4e9, gigaflops * 1e9);
  }
}
