package org.convoy.spark.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.description.Json;
import org.convoy.spark.plan.Cluster;
import org.convoy.spark.plan.Costs;
import org.convoy.spark.plan.StepModel;
import org.convoy.spark.plan.StepTime;
import org.convoy.spark.plan.Strategy;
import org.convoy.spark.plan.Workload;

/**
 * A line of the table of steps around no compute, in milliseconds.
 *
 * @param sums how they travel
 * @param planned what {@code convoy plan} would expect of a step without compute on as many
 *     executors of one core
 * @param emptyJob median of jobs that do nothing
 * @param bareStep median of plain steps without compute
 * @param trainer the real trainer's step of a linear layer, and where its time went
 */
record OverheadRow(
    String where,
    int parameters,
    Strategy sums,
    double planned,
    double emptyJob,
    double bareStep,
    Split trainer) {
  static final String COLUMNS =
      String.format(
          "%11s %-6s %11s %11s %11s   %s",
          "parameters", "sums", "planned", "empty job", "bare step", "the trainer's step");
  private static final int LEAST_REPETITIONS = 5;
  private static final int TASKS = 2;

  /** Warm-up and measurement of two kinds of jobs. */
  private static final int PARTS = 4;

  /** Of the loopback device, about as fast as memory. */
  private static final double GIGABITS = 100;

  /** Does not count without compute. */
  private static final double GIGAFLOPS = 50;

  /**
   * A line for each way of the sums. All ways are warmed up before anything is measured: what they
   * have in common would otherwise be slower in the first than in the last. Spark's own jobs take
   * as long as one way.
   */
  static List<OverheadRow> measure(
      JavaSparkContext spark,
      String where,
      int parameters,
      List<Strategy> ways,
      int shards,
      double seconds) {
    TrainingCase linear = TrainingCase.ofParameters(parameters, shards);
    List<TrainingCase.Place> places = ways.stream().map(way -> linear.on(spark, way)).toList();
    places.forEach(place -> place.trainFor(seconds));
    BareStep bare = new BareStep(spark, Math.max(TASKS, spark.defaultParallelism()));
    float[] values = new float[parameters];
    double emptyJob = medianMillis(bare::emptyJob, seconds / PARTS);
    double bareStep = medianMillis(() -> bare.step(values), seconds / PARTS);
    List<OverheadRow> rows = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      rows.add(
          new OverheadRow(
              where,
              parameters,
              ways.get(i),
              planned(parameters, ways.get(i), shards, spark.defaultParallelism()),
              emptyJob,
              bareStep,
              Split.of(places.get(i).trainFor(seconds))));
    }
    return rows;
  }

  private static double planned(int parameters, Strategy sums, int shards, int executors) {
    Workload work = new Workload(parameters, 0, shards, shards, Float.BYTES);
    StepTime time =
        new StepModel(work, Costs.measured(GIGAFLOPS))
            .time(sums, new Cluster(executors, 1, GIGABITS));
    return 1e3 * (time.total() - time.compute());
  }

  private static double medianMillis(Runnable step, double seconds) {
    repeat(step, seconds);
    List<Double> millis = repeat(step, seconds);
    Collections.sort(millis);
    return millis.get(millis.size() / 2);
  }

  private static List<Double> repeat(Runnable step, double seconds) {
    List<Double> millis = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (millis.size() < LEAST_REPETITIONS || System.nanoTime() < end) {
      long start = System.nanoTime();
      step.run();
      millis.add((System.nanoTime() - start) * 1e-6);
    }
    return millis;
  }

  @Override
  public String toString() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("what", "overhead");
    line.put("where", where);
    line.put("params", parameters);
    line.put("sums", sums.toString());
    line.put("planned_ms", Split.rounded(planned));
    line.put("empty_job_ms", Split.rounded(emptyJob));
    line.put("bare_step_ms", Split.rounded(bareStep));
    trainer.addTo(line);
    return String.format(
        Locale.ROOT,
        "%,11d %-6s %,8.2f ms %,8.2f ms %,8.2f ms   %,.2f ms, %,.2f without compute (%,.2f of one in ten): %s%nRESULT %s%n",
        parameters,
        sums,
        planned,
        emptyJob,
        bareStep,
        trainer.median(),
        trainer.overhead(),
        trainer.leastOverhead(),
        trainer,
        Json.write(line));
  }
}
