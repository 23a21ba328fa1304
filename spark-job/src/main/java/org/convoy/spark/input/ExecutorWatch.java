package org.convoy.spark.input;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Notes which executors run tasks, from {@link #on} to {@link #close}. */
public final class ExecutorWatch extends SparkListener implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Map<String, String> hosts = new ConcurrentHashMap<>();

  private ExecutorWatch(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Begins to watch. */
  public static ExecutorWatch on(JavaSparkContext spark) {
    ExecutorWatch watch = new ExecutorWatch(spark);
    spark.sc().addSparkListener(watch);
    return watch;
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    hosts.put(start.taskInfo().executorId(), start.taskInfo().host());
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    hosts.remove(removed.executorId());
  }

  /**
   * The executors seen so far, as Spark writes them in preferred locations; in a fixed order. Those
   * on a host with an underscore in its name are left out: Spark takes the host to end there.
   */
  public List<String> locations() {
    return locations(hosts);
  }

  /**
   * @param hosts of executors, by their ids
   */
  static List<String> locations(Map<String, String> hosts) {
    return hosts.entrySet().stream()
        .filter(executor -> executor.getValue().indexOf('_') < 0)
        .sorted(
            Comparator.comparing((Map.Entry<String, String> executor) -> executor.getKey().length())
                .thenComparing(Map.Entry::getKey))
        .map(executor -> "executor_" + executor.getValue() + "_" + executor.getKey())
        .toList();
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(this);
  }
}
