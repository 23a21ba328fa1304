package org.convoy.spark.training;

import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/**
 * Gives each task the chunks it needs for one step, and none besides: partition g of the grouped
 * RDD reads the chunk partitions listed in group g. Spark places a task where the first of its
 * chunks is cached.
 */
final class ChunkGrouping implements PartitionCoalescer, java.io.Serializable {
  private static final long serialVersionUID = 1L;

  private final int[][] groups;

  ChunkGrouping(int[][] groups) {
    this.groups = groups;
  }

  @Override
  public PartitionGroup[] coalesce(int maximum, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    PartitionGroup[] result = new PartitionGroup[groups.length];
    for (int g = 0; g < groups.length; g++) {
      result[g] = new PartitionGroup(Option.empty());
      for (int partition : groups[g]) {
        result[g].partitions().addOne(partitions[partition]);
      }
    }
    return result;
  }
}
