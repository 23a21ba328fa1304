package org.convoy.spark.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.spark.config.JobOptions.AggregationChoice;
import org.convoy.spark.run.MemoryNeed.Part;
import org.convoy.spark.training.DriverRoom;
import org.convoy.spark.training.SumTraffic;
import org.convoy.spark.training.SumTraffic.Way;
import org.convoy.train.LocalSteps;
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
  private static final String ROUNDING = "rounding up to the collector's regions";
  private static final long SMALLEST_REGION = 1 << 20;
  private static final long LARGEST_REGION = 32 << 20;

  /** The block of activations and the buffers of the backend's workspace, at most. */
  private static final int ARRAYS_OF_LANE = 8;

  private final TrainingPlan plan;
  private final ClusterShape cluster;
  private final SumTraffic traffic;
  private final long vector;
  private final int tasks;
  private final int lanes;
  private final int shardsPerTask;

  MemoryEstimate(TrainingPlan plan, ClusterShape cluster) {
    this.plan = plan;
    this.cluster = cluster;
    TrainingSetup setup = plan.setup();
    int shards = setup.dealing().shards();
    this.tasks = cluster.tasks(shards);
    this.shardsPerTask = (shards + tasks - 1) / tasks;
    this.lanes = Math.min(cluster.taskCpus(), shardsPerTask);
    this.traffic =
        new SumTraffic(shards, tasks, cluster.taskCpus(), setup.network().layout().length());
    this.vector = traffic.vector();
  }

  /** What comes to the driver in the way that sums travel; of several the most. */
  SumTraffic.Load results() {
    return handsOver() ? SumTraffic.Load.NONE : resultsThatTravel();
  }

  /** Whether tasks give their sums to the driver by reference. */
  boolean handsOver() {
    AggregationChoice way = plan.options().aggregation();
    return cluster.local() && (way == AggregationChoice.AUTO || way == AggregationChoice.DRIVER);
  }

  private SumTraffic.Load resultsThatTravel() {
    return switch (plan.options().aggregation()) {
      case DRIVER -> traffic.load(Way.DRIVER);
      case TREE -> traffic.load(Way.TREE);
      case SLICED -> traffic.load(Way.SLICED);
      case AUTO ->
          traffic.ways(room()).stream()
              .map(traffic::load)
              .max(Comparator.comparingLong(SumTraffic.Load::total))
              .orElseThrow();
    };
  }

  /** Whether another way would take less of the driver's memory. */
  boolean couldTravelInSlices() {
    return tasks > 1 && !handsOver() && plan.options().aggregation() != AggregationChoice.SLICED;
  }

  private DriverRoom room() {
    return DriverRoom.of(
        cluster.driverHeap(), cluster.local(), traffic.vector(), cluster.resultLimit());
  }

  /** What the driver holds; what its tasks hold comes on top in local mode. */
  MemoryNeed driver() {
    List<Part> parts =
        new ArrayList<>(
            List.of(
                new Part("Spark and Convoy", DriverRoom.BASE),
                new Part("parameters", vector),
                new Part("optimizer", taskMemory().optimizer())));
    if (!cluster.local()) {
      parts.add(new Part("broadcast", vector));
    }
    if (plan.options().earlyStopping().isPresent()) {
      parts.add(new Part("best weights", vector));
    }
    SumTraffic.Load results = results();
    parts.add(new Part("sums in " + results.results() + " results", results.received()));
    parts.add(new Part("results underway", results.underway()));
    long bytes = parts.stream().mapToLong(Part::bytes).sum() - DriverRoom.BASE;
    parts.add(new Part(ROUNDING, rounding(bytes, vector, cluster.driverHeap())));
    return new MemoryNeed(parts);
  }

  /** What one executor's tasks hold, without cached chunks. */
  MemoryNeed executor() {
    // Memory whose sums the driver has is not free for another task.
    long slots = handsOver() ? tasks : Math.min(cluster.slots(), tasks);
    int shardsPerLane = (shardsPerTask + lanes - 1) / lanes;
    long sums = slots * lanes * sumsOfLane(shardsPerLane) * vector;
    NetworkSummary.Memory memory = taskMemory();
    long locals = slots * lanes * vectorsOfLocalSteps() * vector;
    long heap = cluster.executorHeap();
    long region = region(heap);
    long ofLane = Math.min(memory.activations() + workspace(), ARRAYS_OF_LANE * region);
    long rounding =
        rounding(sums + locals, vector, heap) + slots * lanes * rounding(ofLane, region, heap);
    MemoryNeed need =
        new MemoryNeed(
            List.of(
                new Part("activations", slots * lanes * (memory.activations() + workspace())),
                new Part("gradient sums", sums),
                new Part("local steps", locals),
                new Part(ROUNDING, rounding),
                new Part("results", handsOver() ? 0 : 2 * slots * traffic.largestResult()),
                new Part("evaluation", slots * evaluation()),
                new Part("chunks read from disk", slots * chunksOfTask())));
    return cluster.local()
        ? need
        : need.plus("Spark and Convoy", DriverRoom.BASE).plus("parameters, received", 2 * vector);
  }

  /**
   * What the collector G1 loses with arrays of more than half a region: each has regions of its
   * own, of which the last stays empty in part, and in the worst case in whole.
   *
   * @param bytes of all of them
   * @param each how many of these are one array
   */
  private static long rounding(long bytes, long each, long heap) {
    return each > region(heap) / 2 ? bytes / each * region(heap) : 0;
  }

  /** The collector's choice: a power of two, 2,048 of which fit the heap. */
  private static long region(long heap) {
    return Long.highestOneBit(Math.max(SMALLEST_REGION, Math.min(LARGEST_REGION, heap / 2048)));
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

  /** A shard that moves by itself has parameters, a gradient and perhaps a velocity of its own. */
  private int vectorsOfLocalSteps() {
    LocalSteps local = plan.setup().localSteps();
    return local.areTaken() ? local.momentum() > 0 ? 3 : 2 : 0;
  }
}
