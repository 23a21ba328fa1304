package org.convoy.spark.training;

import java.util.List;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.data.Chunk;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.train.Step;
import org.convoy.train.TrainingSetup;

/**
 * What every task of a step does: the gradients of a range of shards, from the chunks that it is
 * given, on as many threads as {@code spark.task.cpus} grants. A pure function of the setup, the
 * parameters and the chunks.
 */
final class ShardTask implements StepTask<TaskSums> {
  private static final long serialVersionUID = 1L;

  private final UUID run;
  private final Broadcast<TrainingSetup> setup;
  private final SentParameters parameters;
  private final Step step;
  private final ShardRanges ranges;

  ShardTask(
      UUID run,
      Broadcast<TrainingSetup> setup,
      SentParameters parameters,
      Step step,
      ShardRanges ranges) {
    this.run = run;
    this.setup = setup;
    this.parameters = parameters;
    this.step = step;
    this.ranges = ranges;
  }

  /**
   * The sums of one range.
   *
   * @throws IllegalStateException if the thread is interrupted, as Spark does to a task it gives up
   */
  @Override
  public List<TaskSums> compute(int range, List<Chunk> chunks) {
    ShardWorker worker = ShardWorker.ofThread(run, setup::value, TaskContext.get().cpus());
    try {
      return List.of(worker.compute(this, ranges.first(range), ranges.end(range), chunks));
    } catch (InterruptedException e) {
      ShardWorker.abandon();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at " + step, e);
    }
  }

  Step step() {
    return step;
  }

  float[] parameters() {
    return parameters.values();
  }
}
