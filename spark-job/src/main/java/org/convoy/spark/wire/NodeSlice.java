package org.convoy.spark.wire;

import org.convoy.train.GradientSum;
import org.convoy.train.SumTree;

/**
 * A part of a closed node's gradient on its way through a shuffle, with the node's counts and the
 * time that its task took. A view where it is made; an array of its own where it arrives.
 */
public final class NodeSlice {
  private final SumTree.Node node;
  private final long computeNanos;
  private final int from;
  private final int to;

  /**
   * @param computeNanos wall time of the task's gradients
   * @param from first element of the node's gradient that belongs to the slice
   * @param to behind the last one
   */
  public NodeSlice(SumTree.Node node, long computeNanos, int from, int to) {
    this.node = node;
    this.computeNanos = computeNanos;
    this.from = from;
    this.to = to;
  }

  /** All of a node's gradient. */
  public static NodeSlice whole(SumTree.Node node, long computeNanos) {
    return new NodeSlice(node, computeNanos, 0, node.sum().gradient().length);
  }

  /** Place in the tree, counts, and an array of which only the slice counts. */
  public SumTree.Node node() {
    return node;
  }

  public GradientSum sum() {
    return node.sum();
  }

  public long computeNanos() {
    return computeNanos;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
