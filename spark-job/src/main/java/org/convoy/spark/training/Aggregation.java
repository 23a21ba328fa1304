package org.convoy.spark.training;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.convoy.train.SumTree;

/**
 * How the tasks' sums reach the driver. Implementations may add sums underway, but only along the
 * {@link SumTree}, so that all of them give the same bits.
 */
public interface Aggregation {

  /**
   * What one task closed of the tree.
   *
   * @param nodes ascending, without absent ones
   */
  record TaskSums(List<SumTree.Node> nodes, TaskTiming timing) implements Serializable {

    /** What all of them closed together. */
    static List<SumTree.Node> nodesOf(List<TaskSums> sums) {
      return sums.stream().flatMap(part -> part.nodes().stream()).toList();
    }
  }

  /**
   * Runs the job that computes {@code parts}, one element a task, and brings the sums here. They
   * may be changed, and stay as they are until the next call or {@link #release}.
   */
  List<TaskSums> collect(JavaRDD<TaskSums> parts);

  /** The latest sums are done with: whatever memory they lie in may be used for something else. */
  default void release() {}

  /** What logs call it. */
  String name();

  /** Name, and why it was chosen where somebody chose. */
  default String describe() {
    return name();
  }
}
