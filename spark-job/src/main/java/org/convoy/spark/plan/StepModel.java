package org.convoy.spark.plan;

import java.util.Arrays;
import java.util.Comparator;
import org.convoy.spark.training.SentParameters;
import org.convoy.spark.training.SlicedAggregation;
import org.convoy.spark.training.TreeAggregation;

/**
 * How long a step takes. Everything that waits for something else is added; where sending and
 * reading go on side by side, the slower counts. Left out are stragglers, other users of the
 * cluster, decoding of images and evaluations.
 */
public final class StepModel {
  /** Threads with which Spark's driver reads results. */
  private static final int RESULT_THREADS = 4;

  /** An optimizer with momentum reads and writes about as much as three additions. */
  private static final double UPDATE_PASSES = 3;

  private final Workload work;
  private final Costs costs;

  public StepModel(Workload work, Costs costs) {
    this.work = work;
    this.costs = costs;
  }

  /** The strategy with the shortest step; of equal ones the simplest. */
  public Strategy best(Cluster cluster) {
    return Arrays.stream(Strategy.values())
        .min(Comparator.comparingDouble(strategy -> time(strategy, cluster).total()))
        .orElseThrow();
  }

  /** Share of all cores' time that is spent on computing gradients, with perfect balance 1. */
  public double efficiency(Strategy strategy, Cluster cluster) {
    double ideal =
        work.batchSize() * work.flopsPerImage() / costs.coreFlops() / cluster.totalCores();
    return ideal / time(strategy, cluster).total();
  }

  /** A step in its parts. */
  public StepTime time(Strategy strategy, Cluster cluster) {
    int tasks = work.tasks(cluster);
    return new StepTime(
        broadcast(cluster),
        scheduling(strategy, tasks),
        compute(tasks),
        sums(strategy, cluster, tasks),
        UPDATE_PASSES * work.vectorBytes() / costs.memoryBytesPerSecond());
  }

  /**
   * Packed once, sent by the driver about as often as a doubling chain of executors asks for it,
   * unpacked everywhere at once.
   */
  private double broadcast(Cluster cluster) {
    double copies = 1 + Math.log(cluster.executors()) / Math.log(2);
    double bytes = work.vectorBytes();
    // Few parameters travel inside what is sent for every stage.
    double announced = SentParameters.areInside(work.parameters()) ? 0 : costs.broadcastSeconds();
    return announced
        + 2 * bytes / costs.codecBytesPerSecond()
        + copies * bytes / cluster.bytesPerSecond();
  }

  private double scheduling(Strategy strategy, int tasks) {
    return switch (strategy) {
      case DRIVER -> costs.stageSeconds() + tasks * costs.taskSeconds();
      case TREE -> twoStages(tasks + reducers(tasks));
      case SLICED -> twoStages(tasks + slices(tasks));
    };
  }

  private double twoStages(int tasks) {
    return 2 * costs.stageSeconds() + costs.shuffleSeconds() + tasks * costs.taskSeconds();
  }

  private double compute(int tasks) {
    double shard =
        work.imagesPerShard() * work.flopsPerImage() / costs.coreFlops()
            + work.vectorBytes() / costs.memoryBytesPerSecond();
    return work.shardsPerTask(tasks) * shard;
  }

  private double sums(Strategy strategy, Cluster cluster, int tasks) {
    int nodes = work.nodes(tasks);
    double written =
        Math.ceil((double) nodes / tasks) * work.sumBytes(tasks) / costs.codecBytesPerSecond();
    return written
        + switch (strategy) {
          case DRIVER -> atDriver(cluster, nodes, work.sumBytes(tasks));
          case TREE -> subtrees(cluster, tasks, nodes);
          case SLICED -> slices(cluster, tasks, nodes);
        };
  }

  /** Vectors that the driver receives, reads and adds. */
  private double atDriver(Cluster cluster, int vectors, double bytesEach) {
    double sent = vectors * bytesEach / cluster.bytesPerSecond();
    int readers = Math.min(RESULT_THREADS, vectors);
    double read = vectors * bytesEach / costs.codecBytesPerSecond() / readers;
    return Math.max(sent, read) + (vectors - 1) * work.vectorBytes() / costs.memoryBytesPerSecond();
  }

  private double subtrees(Cluster cluster, int tasks, int nodes) {
    int reducers = reducers(tasks);
    double received = (double) nodes / reducers;
    double bytes = received * work.sumBytes(tasks);
    double onEach = Math.ceil((double) reducers / cluster.executors());
    return onEach * bytes / cluster.bytesPerSecond()
        + bytes / costs.codecBytesPerSecond()
        + received * work.vectorBytes() / costs.memoryBytesPerSecond()
        + received * costs.blockSeconds()
        + work.vectorBytes() / costs.codecBytesPerSecond()
        + atDriver(cluster, reducers, work.vectorBytes());
  }

  private double slices(Cluster cluster, int tasks, int nodes) {
    int executors = cluster.executors();
    int slices = slices(tasks);
    int workers = Math.min(cluster.totalCores(), slices);
    // Of the gradient, what the worker closes that has most slices.
    double share = Math.ceil((double) slices / workers) / slices;
    double fromOthers = (executors - 1.0) / executors;
    double bytes = nodes * work.sumBytes(tasks);
    return fromOthers * bytes / executors / cluster.bytesPerSecond()
        + share * bytes / costs.codecBytesPerSecond()
        + share * nodes * work.vectorBytes() / costs.memoryBytesPerSecond()
        + share * tasks * slices * costs.blockSeconds()
        + share * work.rootBytes() / costs.codecBytesPerSecond()
        + Math.max(
            work.rootBytes() / cluster.bytesPerSecond(),
            work.rootBytes() / costs.codecBytesPerSecond() / RESULT_THREADS)
        + work.vectorBytes() / costs.memoryBytesPerSecond();
  }

  private int reducers(int tasks) {
    return TreeAggregation.reducers(work.shards(), tasks);
  }

  private int slices(int tasks) {
    return (int)
        Math.max(tasks, Math.ceil((double) work.parameters() / SlicedAggregation.LARGEST_SLICE));
  }
}
