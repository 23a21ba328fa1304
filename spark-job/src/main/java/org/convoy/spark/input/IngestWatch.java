package org.convoy.spark.input;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.util.LongAccumulator;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts images while tasks read them, from {@link #on} to {@link #close}: what executors tell with
 * their heartbeats, and when a task ends. A task that is run again counts once.
 */
final class IngestWatch extends SparkListener implements AutoCloseable {
  private final JavaSparkContext spark;
  private final LongAccumulator counter;
  private final LongConsumer progress;
  private final Map<Long, Integer> partitions = new ConcurrentHashMap<>();
  private final Map<Integer, Long> images = new ConcurrentHashMap<>();

  private IngestWatch(JavaSparkContext spark, LongConsumer progress) {
    this.spark = spark;
    this.counter = spark.sc().longAccumulator("Convoy: images read");
    this.progress = progress;
  }

  /**
   * Begins to watch.
   *
   * @param progress hears the number of images so far, from a thread of Spark
   */
  static IngestWatch on(JavaSparkContext spark, LongConsumer progress) {
    IngestWatch watch = new IngestWatch(spark, progress);
    spark.sc().addSparkListener(watch);
    return watch;
  }

  /** What tasks add their images to. */
  LongAccumulator counter() {
    return counter;
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    partitions.put(start.taskInfo().taskId(), start.taskInfo().index());
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(task -> note((Long) task._1(), task._4()));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    note(end.taskInfo().taskId(), end.taskInfo().accumulables());
  }

  private void note(long task, Seq<AccumulableInfo> told) {
    for (AccumulableInfo info : CollectionConverters.asJava(told)) {
      Integer partition = partitions.get(task);
      if (info.id() == counter.id() && partition != null && info.update().isDefined()) {
        images.merge(partition, (Long) info.update().get(), Math::max);
        progress.accept(images.values().stream().mapToLong(Long::longValue).sum());
      }
    }
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(this);
  }
}
