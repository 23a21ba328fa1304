package org.convoy.bench;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The most floating-point operations a second that the calling thread reaches, by chains of fused
 * multiply-adds in registers. Rounds take some hundred microseconds and take turns with what is
 * measured against them, as the processor's clock may change meanwhile. Not for several threads.
 */
public final class FmaPeak {
  private static final String CHAINS_CLASS = "org.convoy.bench.peak.MultiplyAdds";
  private static final int FIRST_CAPACITY = 1024;

  private final LongSupplier chains;
  private final LongSupplier nanoClock;
  private double[] rates = new double[FIRST_CAPACITY];
  private int rounds;

  /**
   * @param nanoClock for instance {@code System::nanoTime}, or the thread's processor time
   * @throws IllegalStateException if the JVM runs without the Vector API
   */
  public FmaPeak(LongSupplier nanoClock) {
    this.chains = instantiate();
    this.nanoClock = nanoClock;
  }

  /** Reflection, because only that class's package may be compiled against the module. */
  private static LongSupplier instantiate() {
    try {
      return Class.forName(CHAINS_CLASS)
          .asSubclass(LongSupplier.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException(
          "cannot measure the multiply-add peak: add --add-modules jdk.incubator.vector to java's"
              + " options ("
              + e
              + ")",
          e);
    }
  }

  /** Measures once. */
  public void round() {
    long start = nanoClock.getAsLong();
    long operations = chains.getAsLong();
    long nanos = nanoClock.getAsLong() - start;
    if (rounds == rates.length) {
      rates = Arrays.copyOf(rates, 2 * rounds);
    }
    rates[rounds++] = nanos > 0 ? (double) operations / nanos : 0;
  }

  /** Measures for so long, once at least. */
  public void rounds(long nanos) {
    long end = System.nanoTime() + nanos;
    do {
      round();
    } while (System.nanoTime() < end);
  }

  /** Forgets what was measured. */
  public void clear() {
    rounds = 0;
  }

  /**
   * GFLOP/s that one round in twenty since {@link #clear} surpassed: the very fastest may be an
   * error of the clock, others were disturbed or not yet compiled.
   */
  public double gigaflops() {
    if (rounds == 0) {
      throw new IllegalStateException("no round was measured");
    }
    double[] sorted = Arrays.copyOf(rates, rounds);
    Arrays.sort(sorted);
    return sorted[rounds - 1 - rounds / 20];
  }
}
