package org.convoy.spark.input;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.convoy.data.ShardDealing;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The same elements, made where the tasks of their shards will run: neighbouring shards on the same
 * executor. A step's task reads the chunks of neighbouring shards; if those lay anywhere, it would
 * have most of them sent in every step. A wish only: Spark runs a task elsewhere when the executor
 * is busy for long or gone. Executors that join after the chunks were made hold none: they get
 * tasks as soon as others are busy for longer than {@code spark.locality.wait}, or die.
 *
 * @param <T> what partition p holds of chunk number p
 */
public final class PlacedByShard<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;

  private final RDD<T> source;
  private final ShardDealing dealing;

  // Known to the driver alone, and settled when Spark first asks.
  private final transient Supplier<List<String>> executors;
  private transient List<String> settled;

  private PlacedByShard(JavaRDD<T> source, ShardDealing dealing, Supplier<List<String>> executors) {
    super(
        source.context(),
        CollectionConverters.asScala(List.<Dependency<?>>of(new OneToOneDependency<>(source.rdd())))
            .toSeq(),
        source.classTag());
    this.source = source.rdd();
    this.dealing = dealing;
    this.executors = executors;
  }

  /**
   * Places them.
   *
   * @param executors preferred locations, asked once, when the stages before are done
   */
  public static <T> JavaRDD<T> place(
      JavaRDD<T> source, ShardDealing dealing, Supplier<List<String>> executors) {
    return new PlacedByShard<>(source, dealing, executors).toJavaRDD();
  }

  @Override
  public Partition[] getPartitions() {
    return source.partitions();
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext context) {
    return source.iterator(split, context);
  }

  @Override
  public Seq<String> getPreferredLocations(Partition split) {
    return CollectionConverters.asScala(wishes(split.index())).toSeq();
  }

  private synchronized List<String> wishes(int chunkNumber) {
    if (settled == null) {
      settled = executors.get();
    }
    if (settled.size() < 2) {
      return List.of();
    }
    long shard = chunkNumber % dealing.shards();
    return List.of(settled.get((int) (shard * settled.size() / dealing.shards())));
  }
}
