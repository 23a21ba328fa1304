package org.convoy.spark.plan;

/**
 * What a step is made of.
 *
 * @param stageSeconds to plan, launch and hear of a stage of a job
 * @param shuffleSeconds more for a stage that reads a shuffle: where its blocks lie, their files
 * @param broadcastSeconds to announce a broadcast and to release it
 * @param taskSeconds of the driver for each task
 * @param blockSeconds of an executor for each block of a shuffle that it reads
 * @param codecBytesPerSecond of one thread that turns floats into compressed bytes, or back
 * @param memoryBytesPerSecond of one thread that adds a vector to another
 * @param coreFlops floating-point operations a second of one core in training
 */
public record Costs(
    double stageSeconds,
    double shuffleSeconds,
    double broadcastSeconds,
    double taskSeconds,
    double blockSeconds,
    double codecBytesPerSecond,
    double memoryBytesPerSecond,
    double coreFlops) {

  /**
   * Rates of Spark 4.1 that fit the medians of steps without compute on two standalone executors of
   * one 2-core machine, in milliseconds for {@code driver}, {@code tree} and {@code sliced}: 62,000
   * parameters 10.4, 25.0, 26.6 (of the model 9.6, 26.8, 26.4); 272,000 parameters 21.6, 37.4, 41.8
   * (18.0, 38.0, 35.6); 1,000,000 parameters 38.6, 65.1, 63.0 (33.0, 63.0, 53.7); 10,000,000
   * parameters 214, 339, 433 (219, 372, 301). So the model lies within a factor of 1.2, but for
   * {@code sliced} of the most parameters, of which only five steps were measured: 1.44. Eight
   * tasks cost 1 ms more than two. The cost of a shuffle's block is assumed.
   *
   * @param gigaflops of one core in training, above 0
   */
  public static Costs measured(double gigaflops) {
    if (!(gigaflops > 0)) {
      throw new IllegalArgumentException("expected more than 0 GFLOP/s, got " + gigaflops);
    }
    return new Costs(8e-3, 8e-3, 4e-3, 1.7e-4, 1e-4, 1e9, 4e9, gigaflops * 1e9);
  }
}
