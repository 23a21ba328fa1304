package org.convoy.bench.jmh;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.convoy.bench.FmaPeak;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * Adds to the time of a benchmark's call the floating-point operations or elements a second, and to
 * operations the peak of this JVM's thread, measured right before and after the iteration. The
 * benchmark says by {@link #flops} or {@link #elements} what a call does; others get nothing.
 */
public final class RateProfiler implements InternalProfiler {
  /** Label of the secondary result in GFLOP/s. */
  public static final String GIGAFLOPS = "GFLOP/s";

  /** Label of the secondary result in 10^9 elements a second. */
  public static final String GIGAELEMENTS = "Gelem/s";

  /** Label of the secondary result that is the multiply-add peak in GFLOP/s. */
  public static final String PEAK = "peak GFLOP/s";

  private static final long PEAK_NANOS = 20_000_000;
  private static final long PEAK_WARM_UP = 500_000_000;

  private static volatile double work;
  private static volatile String label = "";

  private FmaPeak peak;

  /** To be called when a benchmark is set up: a call does so many floating-point operations. */
  static void flops(double operations) {
    work = operations;
    label = GIGAFLOPS;
  }

  /** To be called when a benchmark is set up: a call passes over so many elements. */
  static void elements(double count) {
    work = count;
    label = GIGAELEMENTS;
  }

  /** {@link #flops} if there are any, else {@link #elements}. */
  static void flopsOrElements(double operations, double count) {
    if (operations > 0) {
      flops(operations);
    } else {
      elements(count);
    }
  }

  @Override
  public String getDescription() {
    return "operations or elements a second, and the multiply-add peak";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (peak == null) {
      peak = new FmaPeak(System::nanoTime);
      peak.rounds(PEAK_WARM_UP);
    }
    peak.clear();
    peak.rounds(PEAK_NANOS);
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    boolean timed = benchmark.getMode() != Mode.Throughput;
    if (label.isEmpty() || !timed || iteration.getType() == IterationType.WARMUP) {
      return List.of();
    }
    peak.rounds(PEAK_NANOS);
    double nanosPerUnit = TimeUnit.NANOSECONDS.convert(1, benchmark.getTimeUnit());
    double rate = work / (result.getPrimaryResult().getScore() * nanosPerUnit);
    ScalarResult first = new ScalarResult(label, rate, label, AggregationPolicy.AVG);
    return label.equals(GIGAFLOPS)
        ? List.of(first, new ScalarResult(PEAK, peak.gigaflops(), PEAK, AggregationPolicy.AVG))
        : List.of(first);
  }
}
