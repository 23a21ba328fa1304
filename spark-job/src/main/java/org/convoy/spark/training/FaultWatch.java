package org.convoy.spark.training;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * Counts what fails under a run, and how long the jobs took in which it did, from what Spark tells
 * its listeners. Spark tells it a moment later, on a thread of its own.
 */
public final class FaultWatch implements AutoCloseable {
  private final JavaSparkContext spark;
  private final FaultCount count = new FaultCount();

  /** Watches from now on. */
  public FaultWatch(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(count);
  }

  /** What has happened so far. */
  public Faults faults() {
    return count.faults();
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(count);
  }
}
