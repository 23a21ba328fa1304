package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.spark.wire.NodeSlice;
import org.convoy.train.SumTree;
import scala.Tuple2;

/** Sends the nodes that a task closed to the reducers of a shuffle. */
abstract class ScatterNodes implements PairFlatMapFunction<Iterator<TaskSums>, Integer, NodeSlice> {
  private static final long serialVersionUID = 1L;

  /** Adds the node, or its parts, under the reducers' numbers. */
  abstract void scatter(
      SumTree.Node node, long computeNanos, List<Tuple2<Integer, NodeSlice>> pairs);

  @Override
  public final Iterator<Tuple2<Integer, NodeSlice>> call(Iterator<TaskSums> parts) {
    List<Tuple2<Integer, NodeSlice>> pairs = new ArrayList<>();
    while (parts.hasNext()) {
      TaskSums part = parts.next();
      for (SumTree.Node node : part.nodes()) {
        scatter(node, part.timing().compute(), pairs);
      }
    }
    return pairs.iterator();
  }
}
