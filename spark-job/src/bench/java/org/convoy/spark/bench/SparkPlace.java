package org.convoy.spark.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.testing.StandaloneCluster;

/** A Spark context to measure in: threads of this JVM, executors of its own, or a cluster. */
final class SparkPlace implements AutoCloseable {
  private final JavaSparkContext context;
  private final Optional<StandaloneCluster> cluster;

  private SparkPlace(JavaSparkContext context, Optional<StandaloneCluster> cluster) {
    this.context = context;
    this.cluster = cluster;
  }

  /** Threads of this JVM, or the executors of a cluster that runs. */
  static SparkPlace of(String master, Path settings, Map<String, String> more) throws IOException {
    return new SparkPlace(open(master, settings, more), Optional.empty());
  }

  /**
   * Starts a master, workers and executors, each a process of its own.
   *
   * @param executors of one core each
   */
  static SparkPlace standalone(
      int executors, int megabytes, Path settings, Map<String, String> more) throws IOException {
    Path directory = Files.createTempDirectory("spark-step-table");
    StandaloneCluster cluster =
        StandaloneCluster.start(
            directory, new StandaloneCluster.Executors(executors, 1, megabytes, true, List.of()));
    try {
      Map<String, String> all = new java.util.HashMap<>(cluster.settings());
      all.putAll(more);
      JavaSparkContext context = open(cluster.masterUrl(), settings, all);
      cluster.awaitExecutors();
      awaitTasks(context, executors);
      return new SparkPlace(context, Optional.of(cluster));
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Executors are of use when they have registered, not when they have started. */
  private static void awaitTasks(JavaSparkContext context, int executors) {
    List<Integer> numbers = IntStream.range(0, executors).boxed().toList();
    while (context.defaultParallelism() < executors) {
      context.parallelize(numbers, executors).count();
    }
  }

  private static JavaSparkContext open(String master, Path settings, Map<String, String> more)
      throws IOException {
    SparkConf conf =
        new SparkConf(false)
            .setMaster(master)
            .setAppName("SparkStepTable")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    Properties defaults = new Properties();
    try (Reader reader = Files.newBufferedReader(settings)) {
      defaults.load(reader);
    }
    defaults.forEach((key, value) -> conf.set(key.toString(), value.toString().strip()));
    more.forEach(conf::set);
    return new JavaSparkContext(conf);
  }

  JavaSparkContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
    cluster.ifPresent(StandaloneCluster::close);
  }
}
