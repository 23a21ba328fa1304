package org.convoy.bench.step;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured of many iterations.
 *
 * @param millis of single iterations, ascending
 * @param firstMillis of the very first iteration, which was not warm
 * @param allocatedBytes on the heap by the first thread in an iteration, the median
 * @param peakGigaflops of all threads, measured between the iterations
 */
record StepResult(
    List<Double> millis,
    double firstMillis,
    long allocatedBytes,
    double peakGigaflops,
    Usage before,
    Usage after) {
  private static final int LEAST_ITERATIONS = 3;
  private static final long SHORTEST_PEAK = 50_000;
  private static final long LONGEST_PEAK = 5_000_000;
  private static final double PEAK_SHARE = 0.05;
  private static final long PEAK_WARM_UP = 300_000_000;

  /** One iteration. */
  private record Iteration(double millis, long allocatedBytes) {
    static Iteration of(StepRunner runner) {
      long allocated = Usage.allocatedBytes();
      long start = System.nanoTime();
      runner.iterate();
      long nanos = System.nanoTime() - start;
      return new Iteration(nanos * 1e-6, Usage.allocatedBytes() - allocated);
    }
  }

  StepResult {
    millis = List.copyOf(millis);
  }

  /** Warms up for so many seconds, then measures for as many; three iterations each at least. */
  static StepResult measure(StepRunner runner, double seconds) {
    Iteration first = Iteration.of(runner);
    runner.measurePeak(PEAK_WARM_UP);
    repeat(runner, seconds);
    runner.clearPeak();
    Usage before = Usage.now();
    List<Iteration> iterations = repeat(runner, seconds);
    Usage after = Usage.now();
    List<Long> allocated = iterations.stream().map(Iteration::allocatedBytes).sorted().toList();
    return new StepResult(
        iterations.stream().map(Iteration::millis).sorted().toList(),
        first.millis(),
        allocated.get(allocated.size() / 2),
        runner.peakGigaflops(),
        before,
        after);
  }

  /** Behind each iteration the peak is measured for a twentieth of its time. */
  private static List<Iteration> repeat(StepRunner runner, double seconds) {
    List<Iteration> iterations = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (iterations.size() < LEAST_ITERATIONS || System.nanoTime() < end) {
      Iteration last = Iteration.of(runner);
      iterations.add(last);
      long share = (long) (PEAK_SHARE * last.millis() * 1e6);
      runner.measurePeak(Math.max(SHORTEST_PEAK, Math.min(LONGEST_PEAK, share)));
    }
    return iterations;
  }

  /**
   * Milliseconds that this share of the iterations stayed below, interpolated.
   *
   * @param share from 0 to 1
   */
  double quantile(double share) {
    double place = share * (millis.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, millis.size() - 1);
    return millis.get(below) + (millis.get(above) - millis.get(below)) * (place - below);
  }

  double median() {
    return quantile(0.5);
  }

  double mean() {
    return millis.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
