package org.convoy.spark.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.bench.step.Workload;
import org.convoy.bench.step.Workloads;
import org.convoy.spark.plan.Strategy;
import org.convoy.spark.training.SentParameters;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints what a training step costs on Spark: first around no compute, for several numbers of
 * parameters; then whole steps of real networks, split into their parts, beside the trainer of one
 * JVM with as many threads in the same run. A machine-readable line {@code RESULT {…}} follows
 * each.
 */
@Command(
    name = "SparkStepTable",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "What a training step costs on Spark, around no compute and of real networks.")
public final class SparkStepTable implements Callable<Integer> {
  private static final int EXECUTOR_MEGABYTES = 3072;

  @Parameters(
      paramLabel = "WORKLOAD",
      description =
          "lenet, resnet20, alexnet, vgg16 or another of core's StepTable, with :BATCH for another"
              + " batch than usual [lenet:64 lenet:512 resnet20:128]; none: the first table alone")
  private List<String> workloads = List.of("lenet:64", "lenet:512", "resnet20:128");

  @Option(
      names = "--parameters",
      split = ",",
      paramLabel = "N",
      description = "numbers of parameters of the first table; 0: none [62000,272000,1000000]")
  private List<Integer> parameters = List.of(62_000, 272_000, 1_000_000);

  @Option(
      names = "--sums",
      split = ",",
      paramLabel = "WAY",
      description = "how sums travel in the first table: ${COMPLETION-CANDIDATES} [DRIVER]")
  private List<Strategy> sums = List.of(Strategy.DRIVER);

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "local[N] or a cluster's, whose executors find these classes [local[2]]")
  private String master = "local[2]";

  @Option(
      names = "--standalone",
      paramLabel = "N",
      description = "start a cluster of N executors of one core on this machine instead")
  private int executors;

  @Option(names = "--shards", paramLabel = "N", description = "logical workers [8]")
  private int shards = 8;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "how long each is measured in a round, after as long to warm up [5]")
  private double seconds = 5;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how often Spark and the one JVM take turns [3]")
  private int rounds = 3;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Spark's settings [conf/spark-defaults.conf]")
  private Path settings = Path.of("conf", "spark-defaults.conf");

  @Option(names = "--conf", paramLabel = "KEY=VALUE", description = "another setting of Spark")
  private Map<String, String> conf = new TreeMap<>();

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new SparkStepTable())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<Workload> chosen = chosen();
    Map<String, String> suited = new TreeMap<>(conf);
    suited.putIfAbsent("spark.broadcast.blockSize", SentParameters.blockSize(most(chosen)));
    try (SparkPlace place =
        executors > 0
            ? SparkPlace.standalone(executors, EXECUTOR_MEGABYTES, settings, suited)
            : SparkPlace.of(master, settings, suited)) {
      JavaSparkContext spark = place.context();
      String where = executors > 0 ? executors + " executors" : master;
      System.out.printf("%s, %d tasks at once%n%n", where, spark.defaultParallelism());
      measureOverheads(spark, where);
      measureWorkloads(spark, where, chosen);
    }
    return 0;
  }

  /** Parameters of the largest network. Refuses a bad model before measuring any. */
  private long most(List<Workload> chosen) {
    return LongStream.concat(
            parameters.stream().mapToLong(size -> size),
            chosen.stream().mapToLong(workload -> workload.network().parameterCount()))
        .max()
        .orElse(0);
  }

  private void measureOverheads(JavaSparkContext spark, String where) {
    List<Integer> sizes = parameters.stream().filter(size -> size > 0).toList();
    if (!sizes.isEmpty()) {
      System.out.println(OverheadRow.COLUMNS);
    }
    for (int size : sizes) {
      OverheadRow.measure(spark, where, size, sums, shards, seconds).forEach(System.out::print);
    }
  }

  private void measureWorkloads(JavaSparkContext spark, String where, List<Workload> chosen) {
    if (!chosen.isEmpty()) {
      System.out.printf("%n%s%n", TrainingRow.COLUMNS);
    }
    for (Workload workload : chosen) {
      System.out.print(TrainingRow.measure(spark, where, workload, shards, seconds, rounds));
    }
  }

  private List<Workload> chosen() {
    List<Workload> chosen = new ArrayList<>();
    for (String text : workloads) {
      if (!text.toLowerCase(Locale.ROOT).equals("none")) {
        List<String> parts = Arrays.asList(text.split(":", 2));
        List<Workload> named = Workloads.select(parts.subList(0, 1));
        if (parts.size() > 1) {
          int batch = Integer.parseInt(parts.get(1));
          named = List.of(named.get(0).withBatch(batch));
        }
        chosen.addAll(named);
      }
    }
    return chosen;
  }
}
