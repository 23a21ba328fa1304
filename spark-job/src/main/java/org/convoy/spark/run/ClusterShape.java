package org.convoy.spark.run;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The processes that a run has, as far as Spark's settings or a running session tell.
 *
 * @param local whether the driver computes too, in one JVM
 * @param driverHeap largest heap of the driver, in bytes
 * @param resultLimit most bytes that the driver takes of a job's results
 * @param executorHeap of one executor, in bytes; the driver's in local mode
 * @param executors how many there are, if that is known; 1 in local mode
 * @param executorCores of one executor; at least so many where nothing tells
 * @param taskCpus cores of one task, each a thread of it
 * @param parallelism cores that a step's tasks are made for, where a setting says it
 * @param storageBytes most that one executor uses for chunks and broadcasts
 */
record ClusterShape(
    boolean local,
    long driverHeap,
    long resultLimit,
    long executorHeap,
    OptionalInt executors,
    int executorCores,
    int taskCpus,
    OptionalInt parallelism,
    long storageBytes) {
  private static final Pattern LOCAL =
      Pattern.compile("local(?:\\[(\\*|\\d+)(?:, *(?:\\*|\\d+))?\\])?");
  private static final String CORES = "spark.executor.cores";
  private static final String PARALLELISM = "spark.default.parallelism";

  /** What Spark keeps away from storage, whatever the heap (RESERVED_SYSTEM_MEMORY_BYTES). */
  private static final long RESERVED = 300L << 20;

  ClusterShape {
    if (executorCores < 1 || taskCpus < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 core an executor and 1 a task, got "
              + executorCores
              + " and "
              + taskCpus);
    }
  }

  /** What settings say before there is a session; this JVM is the driver. */
  static ClusterShape of(SparkConf conf) {
    Matcher local = local(conf);
    if (local.matches()) {
      return ofLocal(conf, localCores(local.group(1)));
    }
    int cores = conf.getInt(CORES, 1);
    OptionalInt executors = OptionalInt.empty();
    if (conf.contains("spark.executor.instances")) {
      executors = OptionalInt.of(conf.getInt("spark.executor.instances", 1));
    } else if (conf.contains("spark.cores.max") && !takesWholeWorkers(conf)) {
      executors = OptionalInt.of(Math.max(1, conf.getInt("spark.cores.max", 1) / cores));
    }
    return ofCluster(conf, executors, cores);
  }

  /** What a session has at this moment; on a cluster, executors may still be on their way. */
  static ClusterShape of(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    Matcher local = local(conf);
    if (local.matches()) {
      return ofLocal(conf, localCores(local.group(1)));
    }
    // The driver's own storage is listed with the executors'.
    int executors = spark.sc().getExecutorMemoryStatus().size() - 1;
    if (executors < 1) {
      return of(conf);
    }
    int all = conf.contains(PARALLELISM) ? executors : spark.defaultParallelism();
    int each = conf.getInt(CORES, Math.max(1, all / executors));
    return ofCluster(conf, OptionalInt.of(executors), each);
  }

  /** Whether executors have as many cores as the workers of a standalone cluster. */
  static boolean takesWholeWorkers(SparkConf conf) {
    return conf.get("spark.master", "").startsWith("spark://") && !conf.contains(CORES);
  }

  private static Matcher local(SparkConf conf) {
    return LOCAL.matcher(conf.get("spark.master", "local[*]"));
  }

  private static ClusterShape ofLocal(SparkConf conf, int cores) {
    long heap = Runtime.getRuntime().maxMemory();
    return of(conf, true, heap, OptionalInt.of(1), cores);
  }

  private static ClusterShape ofCluster(SparkConf conf, OptionalInt executors, int cores) {
    // Spark reads a bare number as megabytes here.
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g") << 20;
    return of(conf, false, heap, executors, cores);
  }

  private static ClusterShape of(
      SparkConf conf, boolean local, long executorHeap, OptionalInt executors, int cores) {
    long limit = conf.getSizeAsBytes("spark.driver.maxResultSize", "1g");
    return new ClusterShape(
        local,
        Runtime.getRuntime().maxMemory(),
        limit > 0 ? limit : Long.MAX_VALUE,
        executorHeap,
        executors,
        cores,
        conf.getInt("spark.task.cpus", 1),
        conf.contains(PARALLELISM)
            ? OptionalInt.of(conf.getInt(PARALLELISM, 1))
            : OptionalInt.empty(),
        storage(conf, executorHeap));
  }

  private static int localCores(String given) {
    return given == null
        ? 1
        : given.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(given);
  }

  private static long storage(SparkConf conf, long heap) {
    double fraction = conf.getDouble("spark.memory.fraction", 0.6);
    return (long) (Math.max(0, heap - RESERVED) * fraction);
  }

  /** Tasks that one executor computes at the same time. */
  int slots() {
    return Math.max(1, executorCores / taskCpus);
  }

  /** Tasks of a step over so many shards; as many as could be where executors are not known. */
  int tasks(int shards) {
    if (parallelism.isPresent()) {
      return Math.max(1, Math.min(shards, parallelism.getAsInt() / taskCpus));
    }
    return executors.isPresent() ? Math.min(shards, executors.getAsInt() * slots()) : shards;
  }
}
