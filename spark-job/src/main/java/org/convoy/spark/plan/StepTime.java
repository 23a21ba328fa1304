package org.convoy.spark.plan;

/**
 * Where a step's time goes, in seconds.
 *
 * @param broadcast handing out the parameters
 * @param scheduling stages and tasks
 * @param compute forward and backward passes of the task with most images
 * @param sums from the tasks to the driver
 * @param update of the parameters
 */
public record StepTime(
    double broadcast, double scheduling, double compute, double sums, double update) {

  public double total() {
    return broadcast + scheduling + compute + sums + update;
  }
}
