package org.convoy.spark.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.convoy.train.StepTiming;

/**
 * Where the time of a step went.
 *
 * @param steps how many were measured
 * @param median of single steps from end to end, in milliseconds
 * @param mean of the same
 * @param overhead median of single steps' time without compute, in milliseconds
 * @param leastOverhead the same of one step in ten, which other work on the machine disturbs less
 * @param parts means of the parts, in milliseconds, in the order of a step
 */
record Split(
    int steps,
    double median,
    double mean,
    double overhead,
    double leastOverhead,
    Map<String, Double> parts) {
  static Split of(StepLog log) {
    StepTiming timing = log.timing();
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("broadcast", timing.broadcast() * 1e-6 / log.steps());
    parts.put("scheduling", timing.scheduling() * 1e-6 / log.steps());
    parts.put("compute", timing.compute() * 1e-6 / log.steps());
    parts.put("serialization", timing.serialization() * 1e-6 / log.steps());
    parts.put("aggregation", timing.aggregate() * 1e-6 / log.steps());
    parts.put("update", timing.update() * 1e-6 / log.steps());
    return new Split(
        log.steps(),
        log.medianMillis(),
        log.meanMillis(),
        log.overheadMillis(0.5),
        log.overheadMillis(0.1),
        parts);
  }

  /** Which part of the wall time the parts add up to. */
  double accounted() {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum() / mean;
  }

  void addTo(Map<String, Object> line) {
    line.put("steps", steps);
    line.put("median_ms", rounded(median));
    line.put("mean_ms", rounded(mean));
    line.put("overhead_ms", rounded(overhead));
    line.put("overhead_p10_ms", rounded(leastOverhead));
    parts.forEach((name, millis) -> line.put(name + "_ms", rounded(millis)));
    line.put("accounted", rounded(accounted()));
  }

  static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  @Override
  public String toString() {
    return parts.entrySet().stream()
        .map(
            part ->
                String.format(
                    Locale.ROOT,
                    "%s %.2f ms (%.1f %%)",
                    part.getKey(),
                    part.getValue(),
                    100 * part.getValue() / mean))
        .collect(Collectors.joining(", "));
  }
}
