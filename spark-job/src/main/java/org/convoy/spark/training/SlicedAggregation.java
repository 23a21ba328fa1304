package org.convoy.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.convoy.spark.training.TreeAggregation.Direct;
import org.convoy.spark.wire.NodeSlice;
import org.convoy.train.GradientFormat;
import org.convoy.train.GradientSum;
import org.convoy.train.SumTree;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Reduce-scatter through a shuffle: tasks cut their sums in slices, each slice's whole {@link
 * SumTree} is closed by one reducer, and the driver puts the closed slices into one array as they
 * arrive. The driver receives one gradient however many tasks there are, and no executor holds more
 * than about one for the sums of others: for AlexNet- and VGG-sized vectors.
 */
public final class SlicedAggregation implements Aggregation {
  /**
   * Most floats of a slice, 16 MB: far from Spark's limits on a block, large enough for few tasks.
   */
  public static final int LARGEST_SLICE = 1 << 22;

  private final int height;
  private final int length;
  private final GradientFormat format;

  /**
   * @param shards leaves of the tree, a power of two
   * @param length of the gradient
   * @param format that rounds the root, so that it travels in that format to the driver
   */
  public SlicedAggregation(int shards, int length, GradientFormat format) {
    this.height = Integer.numberOfTrailingZeros(shards);
    this.length = length;
    this.format = format;
  }

  @Override
  public List<TaskSums> collect(JavaRDD<TaskSums> parts) {
    Slices slices = Slices.of(length, parts.getNumPartitions());
    JavaPairRDD<Integer, NodeSlice> scattered =
        parts
            .mapPartitionsToPair(new Cut(slices), /* preservesPartitioning= */ false)
            .partitionBy(new Direct(slices.count()));
    Gather gather = new Gather(slices);
    ClassTag<NodeSlice> tag = ClassTag$.MODULE$.apply(NodeSlice.class);
    try {
      scattered
          .rdd()
          .sparkContext()
          .runJob(scattered.rdd(), new Close(height, format), gather, tag);
      return gather.result(height);
    } finally {
      scattered.rdd().cleanShuffleDependencies(/* blocking= */ false);
    }
  }

  @Override
  public String name() {
    return "sliced";
  }

  /**
   * Nearly equal parts of the gradient.
   *
   * @param count number of slices, at least 1
   */
  record Slices(int length, int count) implements Serializable {

    /** One for each task at least, so that a reducer holds no more than about one gradient. */
    static Slices of(int length, int tasks) {
      int least = (length + LARGEST_SLICE - 1) / LARGEST_SLICE;
      return new Slices(length, Math.max(1, Math.min(length, Math.max(least, tasks))));
    }

    int from(int slice) {
      return (int) ((long) slice * length / count);
    }

    int to(int slice) {
      return from(slice + 1);
    }
  }

  /** Cuts the sums of a task. */
  private static final class Cut extends ScatterNodes {
    private static final long serialVersionUID = 1L;

    private final Slices slices;

    Cut(Slices slices) {
      this.slices = slices;
    }

    @Override
    void scatter(SumTree.Node node, long computeNanos, List<Tuple2<Integer, NodeSlice>> pairs) {
      for (int slice = 0; slice < slices.count(); slice++) {
        NodeSlice part = new NodeSlice(node, computeNanos, slices.from(slice), slices.to(slice));
        pairs.add(new Tuple2<>(slice, part));
      }
    }
  }

  /** Closes the tree of one slice; nothing if no shard had examples. */
  private static final class Close
      extends AbstractFunction1<scala.collection.Iterator<Tuple2<Integer, NodeSlice>>, NodeSlice>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int height;
    private final GradientFormat format;

    Close(int height, GradientFormat format) {
      this.height = height;
      this.format = format;
    }

    @Override
    public NodeSlice apply(scala.collection.Iterator<Tuple2<Integer, NodeSlice>> pairs) {
      List<SumTree.Node> nodes = new ArrayList<>();
      long nanos = 0;
      while (pairs.hasNext()) {
        NodeSlice part = pairs.next()._2();
        nodes.add(part.node());
        nanos = Math.max(nanos, part.computeNanos());
      }
      GradientSum root = SumTree.close(height, 0, nodes).orElse(null);
      if (root == null) {
        return null;
      }
      format.round(root.gradient());
      return NodeSlice.whole(new SumTree.Node(height, 0, root), nanos);
    }
  }

  /**
   * Puts slices in their places, on Spark's thread; nothing it does may be slow or fail. The array
   * is made when the first one arrives: until then the driver's memory is the broadcast's.
   */
  private static final class Gather extends AbstractFunction2<Object, NodeSlice, BoxedUnit> {
    private final Slices slices;
    private GradientSum sum;
    private long computeNanos;

    Gather(Slices slices) {
      this.slices = slices;
    }

    @Override
    public synchronized BoxedUnit apply(Object slice, NodeSlice closed) {
      if (closed != null) {
        GradientSum part = closed.sum();
        if (sum == null) {
          float[] gradient = new float[slices.length()];
          sum = new GradientSum(gradient, part.examples(), part.loss(), part.correct());
        }
        float[] values = part.gradient();
        System.arraycopy(values, 0, sum.gradient(), slices.from((Integer) slice), values.length);
        computeNanos = Math.max(computeNanos, closed.computeNanos());
      }
      return BoxedUnit.UNIT;
    }

    synchronized List<TaskSums> result(int height) {
      return sum == null
          ? List.of()
          : List.of(
              new TaskSums(
                  List.of(new SumTree.Node(height, 0, sum)), TaskTiming.ofCompute(computeNanos)));
    }
  }
}
