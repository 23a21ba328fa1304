package org.convoy.spark.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.bench.step.Usage;
import org.convoy.bench.step.Workload;
import org.convoy.description.Json;
import org.convoy.spark.plan.Strategy;

/**
 * A line of the table of real networks.
 *
 * @param turns Spark and the one JVM, one after the other
 */
record TrainingRow(
    String where, Workload workload, int parameters, int shards, int threads, List<Turn> turns) {
  static final String COLUMNS =
      String.format(
          "%-12s %6s %12s %11s %14s %11s",
          "workload", "batch", "images/s", "ms", "one JVM's", "efficiency");

  /**
   * @param before usage when Spark's turn began
   * @param after usage when Spark's turn was over
   */
  record Turn(Split spark, Split local, Usage before, Usage after) {
    double efficiency() {
      return local.median() / spark.median();
    }
  }

  static TrainingRow measure(
      JavaSparkContext spark,
      String where,
      Workload workload,
      int shards,
      double seconds,
      int rounds) {
    TrainingCase training = new TrainingCase(workload.network(), workload.batch(), shards);
    int threads = spark.defaultParallelism();
    TrainingCase.Place onSpark = training.on(spark, Strategy.DRIVER);
    TrainingCase.Place local = training.inThisJvm(threads);
    onSpark.trainFor(seconds);
    local.trainFor(seconds);
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Usage before = Usage.now();
      Split split = Split.of(onSpark.trainFor(seconds));
      Usage after = Usage.now();
      turns.add(new Turn(split, Split.of(local.trainFor(seconds)), before, after));
    }
    int parameters = training.setup().network().parameterCount();
    return new TrainingRow(where, workload, parameters, shards, threads, turns);
  }

  private double median(ToDoubleFunction<Turn> value) {
    double[] sorted = turns.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** The turn whose step is the median of the turns. */
  private Turn typical() {
    double median = median(turn -> turn.spark().median());
    return turns.stream().filter(turn -> turn.spark().median() == median).findFirst().orElseThrow();
  }

  private double imagesPerSecond(Split split) {
    return 1e3 * workload.batch() / split.median();
  }

  @Override
  public String toString() {
    Turn turn = typical();
    return String.format(
        Locale.ROOT,
        "%-12s %6d %,12.1f %,11.3f %,14.1f %11.3f%n    %s; together %.1f %%%nRESULT %s%n",
        workload.name(),
        workload.batch(),
        imagesPerSecond(turn.spark()),
        turn.spark().median(),
        imagesPerSecond(turn.local()),
        median(Turn::efficiency),
        turn.spark(),
        100 * turn.spark().accounted(),
        Json.write(json(turn)));
  }

  private Map<String, Object> json(Turn turn) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("peer", "convoy-spark");
    line.put("where", where);
    line.put("model", workload.name());
    line.put("mode", "train");
    line.put("threads", threads);
    line.put("shards", shards);
    line.put("params", parameters);
    line.put("batch", workload.batch());
    turn.spark().addTo(line);
    line.put("img_per_s", Split.rounded(imagesPerSecond(turn.spark())));
    line.put("local_img_per_s", Split.rounded(imagesPerSecond(turn.local())));
    line.put("efficiency", Split.rounded(median(Turn::efficiency)));
    Usage.largestResidentMegabytes().ifPresent(mb -> line.put("peak_rss_mb", Split.rounded(mb)));
    line.put("own_cores", Split.rounded(turn.after().ownCores(turn.before())));
    OptionalDouble others = turn.after().otherCores(turn.before());
    others.ifPresent(cores -> line.put("other_cores", Split.rounded(cores)));
    return line;
  }
}
