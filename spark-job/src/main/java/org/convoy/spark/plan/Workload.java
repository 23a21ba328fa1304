package org.convoy.spark.plan;

import org.convoy.train.SumTree;

/**
 * What a step computes and moves.
 *
 * @param parameters length of the flat vector, at least 1
 * @param flopsPerImage floating-point operations of training on one image, two for a multiply-add
 * @param batchSize images a step, at least 1
 * @param shards logical workers, a power of two
 * @param wireBytes of a number as a shard's sum and as the whole sum: 4, or 2 for bfloat16
 */
public record Workload(
    long parameters, double flopsPerImage, int batchSize, int shards, int wireBytes) {
  private static final int FLOAT = 4;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Workload {
    if (parameters < 1 || batchSize < 1 || Integer.bitCount(shards) != 1 || shards < 1) {
      throw new IllegalArgumentException(
          String.format(
              "expected parameters and images, and a power of two of shards, got %d, %d and %d",
              parameters, batchSize, shards));
    }
    if (!(flopsPerImage >= 0) || (wireBytes != 2 && wireBytes != FLOAT)) {
      throw new IllegalArgumentException(
          String.format(
              "expected operations from 0 on and 2 or 4 bytes a number, got %s and %d",
              flopsPerImage, wireBytes));
    }
  }

  /** One task a core, but no more than shards. */
  int tasks(Cluster cluster) {
    return Math.min(shards, cluster.totalCores());
  }

  /** Shards of the task that has most. */
  int shardsPerTask(int tasks) {
    return (shards + tasks - 1) / tasks;
  }

  /** Images of the shard that has most. */
  int imagesPerShard() {
    return (batchSize + shards - 1) / shards;
  }

  /** Bytes of a vector in single precision. */
  double vectorBytes() {
    return (double) parameters * FLOAT;
  }

  /** Bytes of one task's sum on its way; a sum of several shards is in single precision. */
  double sumBytes(int tasks) {
    return tasks == shards ? rootBytes() : vectorBytes();
  }

  /** Bytes of the whole sum on its way. */
  double rootBytes() {
    return (double) parameters * wireBytes;
  }

  /**
   * Nodes of the sum tree that all tasks together close: more than tasks where these do not divide
   * the shards.
   */
  int nodes(int tasks) {
    int nodes = 0;
    for (int task = 0; task < tasks; task++) {
      nodes +=
          SumTree.nodesOf(
              (int) ((long) task * shards / tasks), (int) ((long) (task + 1) * shards / tasks));
    }
    return nodes;
  }
}
