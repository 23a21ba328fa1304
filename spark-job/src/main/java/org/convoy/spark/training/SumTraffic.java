package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.List;
import org.convoy.train.ShardSums;

/**
 * What the sums of one step are for the driver, by the way that they travel. Vectors count 4 bytes
 * a parameter, also where they travel in fewer.
 *
 * @param shards leaves of the tree, a power of two
 * @param tasks of a step, at most one a shard
 * @param threads of a task; each closes what it can by itself
 * @param length of the gradient
 */
public record SumTraffic(int shards, int tasks, int threads, int length) {

  /** The ways, the simplest first. */
  public enum Way {
    DRIVER,
    TREE,
    SLICED
  }

  /**
   * What comes to the driver.
   *
   * @param results of tasks
   * @param largest bytes of one result
   * @param received bytes of all, as the driver keeps them until the tree is closed
   */
  public record Load(int results, long largest, long received) {
    /** Nothing: what is handed over by reference. */
    public static final Load NONE = new Load(0, 0, 0);

    /** Threads of Spark's driver that fetch and unpack results ({@code TaskResultGetter}). */
    private static final int RESULTS_IN_FLIGHT = 4;

    /** Bytes of results being unpacked: each lies there as bytes and as floats. */
    public long underway() {
      return 2L * Math.min(RESULTS_IN_FLIGHT, results) * largest;
    }

    /** Bytes at the worst moment. */
    public long total() {
      return received + underway();
    }
  }

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public SumTraffic {
    if (tasks < 1 || tasks > shards || threads < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 thread and 1 to %d tasks for as many shards, got %d and %d"
              .formatted(shards, threads, tasks));
    }
  }

  /** Bytes of one sum. */
  public long vector() {
    return (long) length * Float.BYTES;
  }

  /** What the driver gets in one way. */
  public Load load(Way way) {
    return switch (way) {
      case DRIVER -> new Load(tasks, mostNodes() * vector(), nodes() * vector());
      case TREE -> new Load(reducers(), vector(), reducers() * vector());
      case SLICED -> {
        int slices = SlicedAggregation.Slices.of(length, tasks).count();
        yield new Load(slices, (vector() + slices - 1) / slices, vector());
      }
    };
  }

  /** The ways that differ and that the driver has room for; the most frugal one in any case. */
  public List<Way> ways(DriverRoom room) {
    if (tasks == 1) {
      return List.of(Way.DRIVER);
    }
    List<Way> ways = new ArrayList<>();
    if (room.has(load(Way.DRIVER))) {
      ways.add(Way.DRIVER);
    }
    if (reducers() > 1 && room.has(load(Way.TREE))) {
      ways.add(Way.TREE);
    }
    ways.add(Way.SLICED);
    return ways;
  }

  /** Bytes of the largest result of a task that computes gradients. */
  public long largestResult() {
    return mostNodes() * vector();
  }

  private int reducers() {
    return TreeAggregation.reducers(shards, tasks);
  }

  private long mostNodes() {
    int most = 0;
    for (int task = 0; task < tasks; task++) {
      most = Math.max(most, nodesOf(task));
    }
    return most;
  }

  private long nodes() {
    long nodes = 0;
    for (int task = 0; task < tasks; task++) {
      nodes += nodesOf(task);
    }
    return nodes;
  }

  private int nodesOf(int task) {
    ShardRanges ranges = new ShardRanges(shards, tasks);
    return ShardSums.nodesOf(ranges.first(task), ranges.end(task), threads);
  }
}
