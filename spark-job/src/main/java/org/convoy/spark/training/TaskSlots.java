package org.convoy.spark.training;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks a step may have at a moment. */
final class TaskSlots {
  private TaskSlots() {}

  /**
   * As many as can run at the same time, unless {@code spark.default.parallelism} says otherwise. A
   * task's cores are those of one executor: what is left over on two of them makes no place.
   */
  static int of(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    // The driver's own storage is listed with the executors'.
    int executors = spark.sc().getExecutorMemoryStatus().size() - 1;
    return spark.sc().isLocal()
        ? spark.defaultParallelism() / conf.getInt("spark.task.cpus", 1)
        : of(conf, executors, spark.defaultParallelism());
  }

  /**
   * On a cluster.
   *
   * @param cores of all executors, or what {@code spark.default.parallelism} says
   */
  static int of(SparkConf conf, int executors, int cores) {
    int cpus = conf.getInt("spark.task.cpus", 1);
    boolean isWished = conf.contains("spark.default.parallelism");
    return isWished || !conf.contains("spark.executor.cores")
        ? cores / cpus
        : executors * (conf.getInt("spark.executor.cores", 1) / cpus);
  }
}
