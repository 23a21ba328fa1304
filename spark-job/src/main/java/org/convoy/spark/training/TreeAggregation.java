package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.convoy.spark.wire.NodeSlice;
import org.convoy.train.SumTree;
import scala.Tuple2;

/**
 * A level of executors first: each of a few reducers, about the square root of the number of tasks,
 * closes an aligned subtree of the {@link SumTree}, and the driver gets one sum from each. Spares
 * the driver's network and memory where there are many tasks, for a second stage of latency.
 */
public final class TreeAggregation implements Aggregation {
  private final int shards;

  /**
   * @param shards leaves of the tree, a power of two
   */
  public TreeAggregation(int shards) {
    this.shards = shards;
  }

  @Override
  public List<TaskSums> collect(JavaRDD<TaskSums> parts) {
    int reducers = reducers(shards, parts.getNumPartitions());
    int level = Integer.numberOfTrailingZeros(shards / reducers);
    JavaPairRDD<Integer, NodeSlice> closed =
        parts
            .mapPartitionsToPair(new ByReducer(level), /* preservesPartitioning= */ false)
            .partitionBy(new Direct(reducers));
    try {
      return closed.mapPartitions(new CloseSubtree(level)).collect();
    } finally {
      closed.rdd().cleanShuffleDependencies(/* blocking= */ false);
    }
  }

  @Override
  public String name() {
    return "tree";
  }

  /** The power of two nearest to the root of the number of tasks from below, at most the shards. */
  public static int reducers(int shards, int tasks) {
    return Math.min(shards, Integer.highestOneBit(Math.max(1, (int) Math.sqrt(tasks))));
  }

  /** Sends pairs to the partition that is their key. */
  static final class Direct extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int partitions;

    Direct(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }

  /** A node goes to the reducer of its first shard; larger ones than a subtree pass through. */
  private static final class ByReducer extends ScatterNodes {
    private static final long serialVersionUID = 1L;

    private final int level;

    ByReducer(int level) {
      this.level = level;
    }

    @Override
    void scatter(SumTree.Node node, long computeNanos, List<Tuple2<Integer, NodeSlice>> pairs) {
      int reducer = node.index() << node.level() >> level;
      pairs.add(new Tuple2<>(reducer, NodeSlice.whole(node, computeNanos)));
    }
  }

  /** Closes the nodes of one reducer. */
  private static final class CloseSubtree
      implements FlatMapFunction<Iterator<Tuple2<Integer, NodeSlice>>, TaskSums> {
    private static final long serialVersionUID = 1L;

    private final int level;

    CloseSubtree(int level) {
      this.level = level;
    }

    @Override
    public Iterator<TaskSums> call(Iterator<Tuple2<Integer, NodeSlice>> pairs) {
      List<SumTree.Node> nodes = new ArrayList<>();
      long computeNanos = 0;
      int reducer = 0;
      while (pairs.hasNext()) {
        Tuple2<Integer, NodeSlice> pair = pairs.next();
        reducer = pair._1();
        nodes.add(pair._2().node());
        computeNanos = Math.max(computeNanos, pair._2().computeNanos());
      }
      return List.of(new TaskSums(close(reducer, nodes), TaskTiming.ofCompute(computeNanos)))
          .iterator();
    }

    private List<SumTree.Node> close(int reducer, List<SumTree.Node> nodes) {
      boolean passes = nodes.stream().anyMatch(node -> node.level() > level);
      return passes
          ? nodes
          : SumTree.close(level, reducer, nodes).stream()
              .map(sum -> new SumTree.Node(level, reducer, sum))
              .toList();
    }
  }
}
