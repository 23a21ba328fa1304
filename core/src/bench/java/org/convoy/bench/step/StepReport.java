package org.convoy.bench.step;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.convoy.description.Json;
import org.convoy.nn.BatchGradient;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;

/** The texts about one measured workload. */
record StepReport(
    Workload workload, Mode mode, int threads, String backend, Network network, StepResult result) {

  /** Names of the columns of {@link #row}. */
  static String columns() {
    return String.format(
        "%-12s %5s %6s %8s %12s %11s %9s   %s",
        "workload", "mode", "batch", "threads", "images/s", "ms", "GFLOP/s", "share of peak");
  }

  /** Medians of single iterations, and the peak of all threads together. */
  String row() {
    return String.format(
        Locale.ROOT,
        "%-12s %5s %6d %8d %,12.1f %,11.3f %,9.1f   %.1f %% of %.0f",
        workload.name(),
        mode.label(),
        workload.batch(),
        threads,
        imagesPerSecond(result.median()),
        result.median(),
        gigaflops(),
        100 * gigaflops() / result.peakGigaflops(),
        result.peakGigaflops());
  }

  /** What is planned for all threads, and what the process has had. */
  String memory() {
    OptionalDouble resident = Usage.largestResidentMegabytes();
    return String.format(
        Locale.ROOT,
        "%,.1f MB planned for %s; largest resident memory of this process%s so far%s",
        plannedMegabytes(),
        mode == Mode.TRAIN
            ? "parameters, momentum, gradients and activations"
            : "parameters and activations",
        resident.isEmpty() ? " unknown" : "",
        resident.isEmpty() ? "" : String.format(Locale.ROOT, " %,.1f MB", resident.getAsDouble()));
  }

  /** How many processors were busy meanwhile: with few of our own, others were in the way. */
  String machine() {
    OptionalDouble others = result.after().otherCores(result.before());
    return String.format(
        Locale.ROOT,
        "this process kept %.2f processors busy%s",
        result.after().ownCores(result.before()),
        others.isEmpty()
            ? ""
            : String.format(Locale.ROOT, ", all others %.2f", others.getAsDouble()));
  }

  /** The whole measurement as JSON. */
  String resultLine(double loss) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("peer", "convoy");
    line.put("model", workload.name());
    line.put("mode", mode.label());
    line.put("threads", threads);
    line.put("backend", backend);
    line.put("params", network.parameterCount());
    line.put("batch", workload.batch());
    addTimes(line);
    line.put("gflops", rounded(gigaflops()));
    line.put("peak_gflops", rounded(result.peakGigaflops()));
    line.put("share_of_peak", rounded(gigaflops() / result.peakGigaflops()));
    addUsage(line);
    if (mode == Mode.TRAIN) {
      line.put("loss", loss);
    }
    return "RESULT " + Json.write(line);
  }

  private void addTimes(Map<String, Object> line) {
    line.put("iters", result.millis().size());
    line.put("median_ms", rounded(result.median()));
    line.put("p10_ms", rounded(result.quantile(0.1)));
    line.put("p90_ms", rounded(result.quantile(0.9)));
    line.put("mean_ms", rounded(result.mean()));
    line.put("first_iter_ms", rounded(result.firstMillis()));
    line.put("img_per_s", rounded(imagesPerSecond(result.median())));
    line.put("img_per_s_best", rounded(imagesPerSecond(result.quantile(0.05))));
  }

  private void addUsage(Map<String, Object> line) {
    line.put("allocated_kb_per_iter", rounded(result.allocatedBytes() / 1024.0));
    line.put("planned_mb", rounded(plannedMegabytes()));
    Usage.largestResidentMegabytes().ifPresent(mb -> line.put("peak_rss_mb", rounded(mb)));
    line.put("own_cores", rounded(result.after().ownCores(result.before())));
    result
        .after()
        .otherCores(result.before())
        .ifPresent(cores -> line.put("other_cores", rounded(cores)));
  }

  private double imagesPerSecond(double millis) {
    return workload.batch() * 1e3 / millis;
  }

  private double gigaflops() {
    NetworkSummary summary = network.summary();
    long multiplyAdds =
        mode == Mode.TRAIN ? summary.trainingMultiplyAdds() : summary.multiplyAdds();
    return 2e-9 * multiplyAdds * imagesPerSecond(result.median());
  }

  /** One vector of parameters; in training the optimizer's too, and each thread's gradients. */
  private double plannedMegabytes() {
    boolean training = mode == Mode.TRAIN;
    int perThread = (workload.batch() + threads - 1) / threads;
    long passes =
        training
            ? BatchGradient.plannedBytes(network, perThread)
            : Execution.plannedBytes(network, perThread, false);
    long vectors = training ? 2L + threads : 1L;
    return (4.0 * vectors * network.layout().length() + (double) threads * passes) / 0x1p20;
  }

  /** To four decimals. */
  private static double rounded(double value) {
    return Math.rint(value * 1e4) / 1e4;
  }
}
