package org.convoy.spark.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.description.Json;

/**
 * A line of the table of steps around no compute, in milliseconds.
 *
 * @param emptyJob median of jobs that do nothing
 * @param bareStep median of plain steps without compute
 * @param trainer the real trainer's step of a linear layer, and where its time went
 */
record OverheadRow(String where, int parameters, double emptyJob, double bareStep, Split trainer) {
  static final String COLUMNS =
      String.format(
          "%11s %11s %11s   %s", "parameters", "empty job", "bare step", "the trainer's step");
  private static final int LEAST_REPETITIONS = 5;
  private static final int TASKS = 2;

  static OverheadRow measure(
      JavaSparkContext spark, String where, int parameters, int shards, double seconds) {
    BareStep bare = new BareStep(spark, Math.max(TASKS, spark.defaultParallelism()));
    float[] values = new float[parameters];
    double emptyJob = medianMillis(bare::emptyJob, seconds);
    double bareStep = medianMillis(() -> bare.step(values), seconds);
    TrainingCase.Place place = TrainingCase.ofParameters(parameters, shards).on(spark);
    place.trainFor(seconds);
    return new OverheadRow(
        where, parameters, emptyJob, bareStep, Split.of(place.trainFor(seconds)));
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
    line.put("empty_job_ms", Split.rounded(emptyJob));
    line.put("bare_step_ms", Split.rounded(bareStep));
    trainer.addTo(line);
    return String.format(
        Locale.ROOT,
        "%,11d %,8.2f ms %,8.2f ms   %,.2f ms, %,.2f without compute (%,.2f of one in ten): %s%nRESULT %s%n",
        parameters,
        emptyJob,
        bareStep,
        trainer.median(),
        trainer.overhead(),
        trainer.leastOverhead(),
        trainer,
        Json.write(line));
  }
}
