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
 * @param executorHeap of one executor, in bytes; the driver's in local mode
 * @param executors how many there are, if that is known; 1 in local mode
 * @param executorCores of one executor
 * @param taskCpus cores of one task, each a thread of it
 * @param storageBytes most that one executor uses for chunks and broadcasts
 */
record ClusterShape(
    boolean local,
    long driverHeap,
    long executorHeap,
    OptionalInt executors,
    int executorCores,
    int taskCpus,
    long storageBytes) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:, *\\d+)?\\])?");

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
    String master = conf.get("spark.master", "local[*]");
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      return ofLocal(conf, localCores(local.group(1)));
    }
    int cores = conf.getInt("spark.executor.cores", 1);
    OptionalInt executors = OptionalInt.empty();
    if (conf.contains("spark.executor.instances")) {
      executors = OptionalInt.of(conf.getInt("spark.executor.instances", 1));
    } else if (conf.contains("spark.cores.max")) {
      executors = OptionalInt.of(Math.max(1, conf.getInt("spark.cores.max", 1) / cores));
    }
    return ofCluster(conf, executors, cores);
  }

  /** What a session has at this moment. */
  static ClusterShape of(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    int cores = spark.defaultParallelism();
    if (LOCAL.matcher(spark.master()).matches()) {
      return ofLocal(conf, cores);
    }
    // The driver's own storage is listed with the executors'.
    int executors = Math.max(1, spark.sc().getExecutorMemoryStatus().size() - 1);
    int each = conf.getInt("spark.executor.cores", Math.max(1, cores / executors));
    return ofCluster(conf, OptionalInt.of(executors), each);
  }

  private static ClusterShape ofLocal(SparkConf conf, int cores) {
    long heap = Runtime.getRuntime().maxMemory();
    return new ClusterShape(
        true, heap, heap, OptionalInt.of(1), cores, taskCpus(conf), storage(conf, heap));
  }

  private static ClusterShape ofCluster(SparkConf conf, OptionalInt executors, int cores) {
    long heap = conf.getSizeAsBytes("spark.executor.memory", "1g");
    return new ClusterShape(
        false,
        Runtime.getRuntime().maxMemory(),
        heap,
        executors,
        cores,
        taskCpus(conf),
        storage(conf, heap));
  }

  private static int localCores(String given) {
    return given == null
        ? 1
        : given.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(given);
  }

  private static int taskCpus(SparkConf conf) {
    return conf.getInt("spark.task.cpus", 1);
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
    return executors.isPresent() ? Math.min(shards, executors.getAsInt() * slots()) : shards;
  }
}
