package org.convoy.spark.training;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.data.Chunk;
import org.convoy.data.EpochOrder;
import org.convoy.nn.Parameters;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.train.GradientSource;
import org.convoy.train.GradientSum;
import org.convoy.train.ShardFault;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingSetup;

/**
 * Gradients computed on the cluster: for each step one broadcast of the parameters and one job of a
 * few tasks, each over a range of shards and only the chunks that the step visits. The number of
 * tasks follows the cores at hand when an epoch begins and never changes the result. Tasks that run
 * in this JVM get the parameters by reference. A result's sum may be overwritten when the next step
 * is computed.
 */
final class ClusterGradients implements GradientSource, AutoCloseable {
  private final JavaSparkContext spark;
  private final TrainingSetup setup;
  private final JavaRDD<Chunk> chunks;
  private final Aggregation aggregation;
  private final UUID run = UUID.randomUUID();
  private final Broadcast<TrainingSetup> broadcastSetup;
  private final boolean inThisJvm;
  private EpochOrder order;
  private ShardRanges ranges;
  private int epoch = -1;

  /**
   * @param chunks partition p holds the chunk whose number is p, if it has images
   */
  ClusterGradients(
      JavaSparkContext spark, TrainingSetup setup, JavaRDD<Chunk> chunks, Aggregation aggregation) {
    if (chunks.getNumPartitions() != setup.dealing().chunkCount()) {
      throw new IllegalArgumentException(
          String.format(
              "expected a partition for each of %d chunks, got %d partitions",
              setup.dealing().chunkCount(), chunks.getNumPartitions()));
    }
    this.spark = spark;
    this.setup = setup;
    this.chunks = chunks;
    this.aggregation = aggregation;
    this.broadcastSetup = spark.broadcast(setup);
    this.inThisJvm = Loan.reachesTasks(spark);
  }

  @Override
  public Result compute(Step step, Parameters parameters) {
    beginEpoch(step.epoch());
    long start = System.nanoTime();
    SentParameters broadcast = send(parameters);
    long sent = System.nanoTime();
    List<TaskSums> sums;
    try {
      ShardTask task = new ShardTask(run, broadcastSetup, broadcast, step, ranges);
      StepRdd<TaskSums> tasks = new StepRdd<>(chunks.rdd(), task, groups(step), TaskSums.class);
      sums = aggregation.collect(tasks.toJavaRDD());
    } finally {
      broadcast.release();
    }
    long collected = System.nanoTime();
    Optional<GradientSum> root = setup.root(TaskSums.nodesOf(sums));
    long closed = System.nanoTime();
    return new Result(root, timing(sums, sent - start, collected - sent, closed - collected));
  }

  private SentParameters send(Parameters parameters) {
    return SentParameters.of(parameters.values(), spark, inThisJvm);
  }

  private static StepTiming timing(List<TaskSums> sums, long broadcast, long job, long aggregate) {
    TaskTiming longest =
        sums.stream()
            .map(TaskSums::timing)
            .max(Comparator.comparingLong(TaskTiming::total))
            .orElse(TaskTiming.NONE);
    return new StepTiming(
        broadcast + longest.receive(),
        Math.max(0, job - longest.total()),
        longest.compute(),
        longest.serialization(),
        aggregate,
        /* update= */ 0);
  }

  @Override
  public List<ShardFault> findFaults(Step step, Parameters parameters) {
    beginEpoch(step.epoch());
    SentParameters sent = send(parameters);
    try {
      FaultSearch search = new FaultSearch(broadcastSetup, sent, step, ranges);
      return PlainJob.collect(
          new StepRdd<>(chunks.rdd(), search, groups(step), ShardFault.class).toJavaRDD());
    } finally {
      sent.release();
    }
  }

  /** Tells this run's memory in tasks apart from others'. */
  UUID run() {
    return run;
  }

  /** Releases what was sent to the executors; jobs to come are not this run's. */
  @Override
  public void close() {
    spark.setJobDescription(null);
    aggregation.release();
    ShardWorker.forget(run);
    broadcastSetup.destroy();
  }

  private void beginEpoch(int wanted) {
    if (wanted != epoch) {
      epoch = wanted;
      order = setup.order(wanted);
      ranges = ShardRanges.of(setup.dealing().shards(), TaskSlots.of(spark));
      spark.setJobDescription("Convoy: train, epoch " + (wanted + 1));
    }
  }

  /** The chunks that each task of a step needs. */
  private int[][] groups(Step step) {
    int[][] groups = new int[ranges.tasks()][];
    for (int task = 0; task < groups.length; task++) {
      TreeSet<Integer> needed = new TreeSet<>();
      for (int s = ranges.first(task); s < ranges.end(task); s++) {
        int shard = s;
        order.visit(
            shard,
            step.from(),
            step.to(),
            (chunk, slot, turn) -> needed.add(setup.dealing().chunkNumber(shard, chunk)));
      }
      groups[task] = needed.stream().mapToInt(Integer::intValue).toArray();
    }
    return groups;
  }
}
