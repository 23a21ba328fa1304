package org.convoy.train;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fixed grouping of floating-point sums. Leaf s is the sum of shard s; the node of level h and
 * index k covers the shards k * 2^h .. (k+1) * 2^h - 1 and is its left half plus its right half. A
 * shard without examples is an absent leaf: the other child passes up unchanged. Whoever adds, and
 * in whatever order parts arrive, the bits of the root are the same.
 */
public final class SumTree {
  private SumTree() {}

  /**
   * A node that somebody has closed.
   *
   * @param level 0 for a single shard
   * @param index the node covers shards index * 2^level up to (index + 1) * 2^level - 1
   */
  public record Node(int level, int index, GradientSum sum) implements Serializable {}

  /**
   * Number of nodes that a contiguous range of shards closes to, where none is absent.
   *
   * @param end behind the last shard
   */
  public static int nodesOf(int first, int end) {
    int nodes = 0;
    for (int shard = first; shard < end; nodes++) {
      int aligned = shard == 0 ? Integer.MAX_VALUE : Integer.lowestOneBit(shard);
      shard += Math.min(aligned, Integer.highestOneBit(end - shard));
    }
    return nodes;
  }

  /**
   * Adds up a contiguous range of shards as far as the tree allows. Shards are given in ascending
   * order, without gaps; memory for about log2(shards) sums is used and reused.
   */
  public static final class Builder {
    private final int length;
    private final Deque<GradientSum> free = new ArrayDeque<>();
    private final Deque<Entry> stack = new ArrayDeque<>();
    private int next = -1;

    /** A node on the stack; an absent one has no sum. */
    private record Entry(int level, int index, GradientSum sum) {}

    public Builder(int length) {
      this.length = length;
    }

    /** Begins a range anew; sums handed out by {@link #nodes} before are reused from here on. */
    public void start(int firstShard) {
      next = firstShard;
      while (!stack.isEmpty()) {
        release(stack.pop().sum());
      }
    }

    /** An empty sum to fill for the next shard. */
    public GradientSum borrow() {
      GradientSum sum = free.isEmpty() ? new GradientSum(length) : free.pop();
      sum.clear();
      return sum;
    }

    /** Takes the next shard's sum; one without examples is an absent leaf. */
    public void add(int shard, GradientSum sum) {
      if (shard != next) {
        throw new IllegalStateException("expected shard " + next + ", got shard " + shard);
      }
      next++;
      GradientSum present = sum;
      if (sum.examples() == 0) {
        release(sum);
        present = null;
      }
      Entry entry = new Entry(0, shard, present);
      while (!stack.isEmpty() && isLeftSibling(stack.peek(), entry)) {
        entry = join(stack.pop(), entry);
      }
      stack.push(entry);
    }

    /** The closed nodes of the range, without absent ones, in ascending order. */
    public List<Node> nodes() {
      List<Node> nodes = new ArrayList<>();
      stack
          .descendingIterator()
          .forEachRemaining(
              entry -> {
                if (entry.sum() != null) {
                  nodes.add(new Node(entry.level(), entry.index(), entry.sum()));
                }
              });
      return nodes;
    }

    private static boolean isLeftSibling(Entry left, Entry right) {
      return left.level() == right.level()
          && left.index() + 1 == right.index()
          && left.index() % 2 == 0;
    }

    private Entry join(Entry left, Entry right) {
      GradientSum sum = left.sum() == null ? right.sum() : left.sum();
      if (left.sum() != null && right.sum() != null) {
        sum.add(right.sum());
        release(right.sum());
      }
      return new Entry(left.level() + 1, left.index() / 2, sum);
    }

    private void release(GradientSum sum) {
      if (sum != null) {
        free.push(sum);
      }
    }
  }

  /**
   * Closes the whole tree over nodes that together cover every shard with examples once. The nodes'
   * sums are used up.
   *
   * @param shards number of leaves, a power of two
   * @return the root, or nothing if no shard had examples
   * @throws IllegalStateException if nodes overlap or lie outside the tree
   */
  public static Optional<GradientSum> close(int shards, Iterable<Node> nodes) {
    return close(Integer.numberOfTrailingZeros(shards), 0, nodes);
  }

  /**
   * Closes one node over nodes that together cover all of its shards with examples once. Their sums
   * are used up.
   *
   * @param level the node covers shards index * 2^level up to (index + 1) * 2^level - 1
   * @return the node's sum, or nothing if none of its shards had examples
   * @throws IllegalStateException if nodes overlap or lie outside
   */
  public static Optional<GradientSum> close(int level, int index, Iterable<Node> nodes) {
    Map<Long, GradientSum> closed = new HashMap<>();
    for (Node node : nodes) {
      if (closed.put(key(node.level(), node.index()), node.sum()) != null) {
        throw new IllegalStateException("two sums for " + node);
      }
    }
    GradientSum root = closeOver(level, index, closed);
    if (!closed.isEmpty()) {
      throw new IllegalStateException(
          closed.size() + " sums lie outside or below other sums of a tree of " + (1 << level));
    }
    return Optional.ofNullable(root);
  }

  private static GradientSum closeOver(int level, int index, Map<Long, GradientSum> closed) {
    GradientSum given = closed.remove(key(level, index));
    if (given != null || level == 0) {
      return given;
    }
    GradientSum left = closeOver(level - 1, 2 * index, closed);
    GradientSum right = closeOver(level - 1, 2 * index + 1, closed);
    if (left == null) {
      return right;
    }
    if (right != null) {
      left.add(right);
    }
    return left;
  }

  private static long key(int level, int index) {
    return (long) level << 32 | index;
  }
}
