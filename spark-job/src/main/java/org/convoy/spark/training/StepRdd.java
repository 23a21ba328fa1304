package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.convoy.data.Chunk;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * The tasks of one step: partition g computes the g-th range of shards from the chunks of group g,
 * and touches none besides. Spark places a task where the first of its chunks is cached. One RDD of
 * our own in place of a coalesced and a mapped one, since both would be made, cleaned of what they
 * capture, described and sent anew in each step.
 */
final class StepRdd<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;

  private final RDD<Chunk> chunks;
  private final StepTask<T> task;

  // Tasks bring their own; the driver alone makes them.
  private final transient int[][] groups;

  /**
   * @param groups numbers of the chunks' partitions, for each range of shards
   * @param type of what the tasks return
   */
  StepRdd(RDD<Chunk> chunks, StepTask<T> task, int[][] groups, Class<T> type) {
    super(
        chunks.context(),
        CollectionConverters.asScala(List.<Dependency<?>>of(new Groups(chunks, groups))).toSeq(),
        ClassTag.apply(type));
    this.chunks = chunks;
    this.task = task;
    this.groups = groups;
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] all = chunks.partitions();
    Partition[] partitions = new Partition[groups.length];
    for (int g = 0; g < groups.length; g++) {
      List<Partition> parents = new ArrayList<>();
      for (int number : groups[g]) {
        parents.add(all[number]);
      }
      partitions[g] = new Group(g, List.copyOf(parents));
    }
    return partitions;
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext context) {
    List<Chunk> given = new ArrayList<>();
    for (Partition parent : ((Group) split).parents()) {
      Iterator<Chunk> some = chunks.iterator(parent, context);
      while (some.hasNext()) {
        given.add(some.next());
      }
    }
    return CollectionConverters.asScala(task.compute(split.index(), given).iterator());
  }

  /** The chunks' partitions that a task reads. */
  private record Group(int index, List<Partition> parents) implements Partition {
    private static final long serialVersionUID = 1L;
  }

  /** Which partition reads which chunks. */
  private static final class Groups extends NarrowDependency<Chunk> {
    private static final long serialVersionUID = 1L;

    private final int[][] groups;

    Groups(RDD<Chunk> chunks, int[][] groups) {
      super(chunks);
      this.groups = groups;
    }

    @Override
    public scala.collection.immutable.Seq<Object> getParents(int partition) {
      List<Object> parents = new ArrayList<>();
      for (int number : groups[partition]) {
        parents.add(number);
      }
      return CollectionConverters.asScala(parents).toSeq();
    }
  }
}
