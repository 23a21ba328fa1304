package org.convoy.spark.run;

import java.util.ArrayList;
import java.util.List;
import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.spark.run.MemoryNeed.Part;
import org.convoy.spark.training.MeasuredAggregation;
import org.convoy.spark.training.SlicedAggregation;
import org.convoy.spark.training.TreeAggregation;
import org.convoy.train.TrainingSetup;

/**
 * What a run's processes must hold while a step is computed, from what is planned and not from
 * trying. Vectors count 4 bytes a parameter.
 *
 * <p>It is the worst moment of a step. {@code MemoryEstimateIT} compares it with what heaps hold
 * right after collections, which lies between half and all of it; in {@code local[2]}, estimated
 * and measured MB: LeNet-5 132 and 84, ResNet-20 191 and 136, AlexNet for 10 classes 4,542 and
 * 3,968.
 */
final class MemoryEstimate {
  /** Spark, its RPC and our classes after a few steps: 90 MB to 130 MB measured. */
  private static final long BASE = 120L << 20;

  /** Threads of Spark's driver that fetch and unpack large results ({@code TaskResultGetter}). */
  private static final int RESULTS_IN_FLIGHT = 4;

  private final TrainingPlan plan;
  private final ClusterShape cluster;
  private final long vector;
  private final int tasks;
  private final int shardsPerTask;

  MemoryEstimate(TrainingPlan plan, ClusterShape cluster) {
    this.plan = plan;
    this.cluster = cluster;
    TrainingSetup setup = plan.setup();
    int shards = setup.dealing().shards();
    this.vector = 4L * setup.network().layout().length();
    this.tasks = cluster.tasks(shards);
    this.shardsPerTask = (shards + tasks - 1) / tasks;
  }

  /** Bytes of one task's result: the nodes that it closes of the sum tree. */
  long resultBytes() {
    return vector * nodesOfTask();
  }

  /** Bytes of all results of a step. */
  long allResultBytes() {
    return tasks * resultBytes();
  }

  /** What the driver holds; what its tasks hold comes on top in local mode. */
  MemoryNeed driver() {
    List<Part> parts =
        new ArrayList<>(
            List.of(
                new Part("Spark and Convoy", BASE),
                new Part("parameters", vector),
                new Part("optimizer", taskMemory().optimizer()),
                new Part("broadcast", vector)));
    if (plan.options().earlyStopping().isPresent()) {
      parts.add(new Part("best weights", vector));
    }
    parts.addAll(sums());
    return new MemoryNeed(parts);
  }

  /** What comes to the driver in the way that sums travel. */
  private List<Part> sums() {
    return switch (plan.options().aggregation()) {
      case DRIVER -> sums(tasks, resultBytes());
      case TREE -> sums(TreeAggregation.reducers(plan.setup().dealing().shards(), tasks), vector);
      case SLICED -> sliced();
      case AUTO ->
          MeasuredAggregation.fits(allResultBytes(), cluster.driverHeap()) || tasks == 1
              ? sums(tasks, resultBytes())
              : sliced();
    };
  }

  private static List<Part> sums(int results, long bytes) {
    long underway = 2L * Math.min(RESULTS_IN_FLIGHT, results) * bytes;
    return List.of(
        new Part("sums of " + results + " tasks", results * bytes),
        new Part("results underway", underway));
  }

  private List<Part> sliced() {
    long slice = Math.min(vector, SlicedAggregation.LARGEST_SLICE * (long) Float.BYTES);
    return List.of(
        new Part("sum", vector), new Part("slices underway", 2L * RESULTS_IN_FLIGHT * slice));
  }

  /** What one executor's tasks hold, without cached chunks. */
  MemoryNeed executor() {
    long slots = Math.min(cluster.slots(), tasks);
    int lanes = Math.min(cluster.taskCpus(), shardsPerTask);
    int shardsPerLane = (shardsPerTask + lanes - 1) / lanes;
    long sums = slots * lanes * sumsOfLane(shardsPerLane) * vector;
    NetworkSummary.Memory memory = taskMemory();
    MemoryNeed need =
        new MemoryNeed(
            List.of(
                new Part("activations", slots * lanes * (memory.activations() + workspace())),
                new Part("gradient sums", sums),
                new Part("results", 2 * slots * resultBytes()),
                new Part("evaluation", slots * evaluation()),
                new Part("chunks read from disk", slots * chunksOfTask())));
    return cluster.local()
        ? need
        : need.plus("Spark and Convoy", BASE).plus("parameters, received", 2 * vector);
  }

  /** Pixels of all images, decoded. */
  long chunksBytes() {
    long images =
        plan.train().summary().count() + plan.test().map(set -> set.summary().count()).orElse(0L);
    return images * plan.setup().image().elementCount();
  }

  /**
   * What a task reads for a step where not all chunks are in memory: of each shard the chunk that
   * the step is in, and perhaps the next.
   */
  private long chunksOfTask() {
    if (chunksBytes() / cluster.executors().orElse(1) <= cluster.storageBytes()) {
      return 0;
    }
    long images =
        Math.min(plan.setup().dealing().chunkCapacity(), plan.setup().dealing().shardSize(0));
    return 2L * shardsPerTask * images * plan.setup().image().elementCount();
  }

  private NetworkSummary.Memory taskMemory() {
    return TaskMemory.ofTraining(
        plan.setup().network(), plan.setup().microBatchCapacity(), plan.options().training());
  }

  private long evaluation() {
    if (plan.test().isEmpty()) {
      return 0;
    }
    int batch = plan.options().evaluationBatchSize();
    return plan.setup().network().summary().scoringMemory(batch).activations();
  }

  /**
   * The backend's packed weights and lines: about four times the largest convolution's weights and
   * four times the largest activation of one image. Measured in MB, estimate beside it: LeNet-5 0.6
   * and 0.1, AlexNet 22 and 13, GoogLeNet 15 to 26 and 23, ResNet-18 33 and 50, VGG-16 72 and 88.
   */
  private long workspace() {
    Network network = plan.setup().network();
    long largest = 0;
    long weights = 0;
    for (NetworkSummary.Row row : network.summary().rows()) {
      largest = Math.max(largest, row.activations());
      weights = Math.max(weights, row.type().startsWith("Conv") ? row.parameters() : 0);
    }
    return 4 * 4 * (weights + largest);
  }

  /** Sums that adding up so many shards in a row keeps: a node a level, and the one being added. */
  private static int sumsOfLane(int shards) {
    int levels = 32 - Integer.numberOfLeadingZeros(shards);
    return Integer.bitCount(shards) == 1 ? levels : levels + 2;
  }

  /** Most nodes that the range of one task closes to. */
  private int nodesOfTask() {
    int shards = plan.setup().dealing().shards();
    int most = 1;
    for (int task = 0; task < tasks; task++) {
      int first = (int) ((long) task * shards / tasks);
      int end = (int) ((long) (task + 1) * shards / tasks);
      int nodes = 0;
      while (first < end) {
        int size = first == 0 ? shards : Integer.lowestOneBit(first);
        while (first + size > end) {
          size /= 2;
        }
        first += size;
        nodes++;
      }
      most = Math.max(most, nodes);
    }
    return most;
  }
}
