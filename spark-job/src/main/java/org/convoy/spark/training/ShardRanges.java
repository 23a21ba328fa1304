package org.convoy.spark.training;

import java.io.Serializable;

/**
 * Deals the shards to tasks in contiguous ranges of nearly equal size.
 *
 * @param shards number of shards
 * @param tasks number of ranges, at most the number of shards
 */
record ShardRanges(int shards, int tasks) implements Serializable {

  /** At most one task a shard. */
  static ShardRanges of(int shards, int parallelism) {
    return new ShardRanges(shards, Math.max(1, Math.min(shards, parallelism)));
  }

  int first(int task) {
    return (int) ((long) task * shards / tasks);
  }

  /** The shard behind the task's last. */
  int end(int task) {
    return first(task + 1);
  }
}
