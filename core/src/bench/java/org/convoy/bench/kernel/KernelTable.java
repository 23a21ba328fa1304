package org.convoy.bench.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.bench.FmaPeak;

/**
 * A quick look at the backends' speed on one core: a line a kernel with its rate and, where it
 * multiplies and adds, the share of the peak. Each figure is among the best of many short rounds of
 * processor time, so that a busy machine disturbs it little; rounds of a kernel take turns with
 * those of the peak.
 */
public final class KernelTable {
  private static final String USAGE =
      """
      usage: KernelTable [SECONDS [PATTERN...]]

      SECONDS   processor time for each kernel, after half as much to warm up [1]
      PATTERN   only lines that contain all of these, in whatever case; lines begin with the
                backend, such as: simd convolution forward LENET_CONV1 (64 of 1x28x28 to 6x28x28, 5x5)

      Speed is quickest seen with -Xbatch, and without it as a program sees it.
      """;
  private static final double SHORTEST_ROUND = 2e7;
  private static final double PEAK_SHARE = 0.1;
  private static final int WARM_UP_ROUNDS = 20;
  private static final long PEAK_WARM_UP = 500_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final FmaPeak peak = new FmaPeak(THREADS::getCurrentThreadCpuTime);
  private final double seconds;

  private KernelTable(double seconds) {
    this.seconds = seconds;
    peak.rounds(PEAK_WARM_UP);
  }

  public static void main(String[] arguments) {
    double seconds;
    try {
      seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    } catch (NumberFormatException e) {
      boolean help = arguments[0].equals("--help") || arguments[0].equals("-h");
      System.err.print(help ? "" : "SECONDS must be a number, got '" + arguments[0] + "'\n\n");
      System.err.print(USAGE);
      System.exit(help ? 0 : 2);
      return;
    }
    List<String> patterns =
        List.of(arguments).stream().skip(1).map(word -> word.toLowerCase(Locale.ROOT)).toList();
    if (new KernelTable(seconds).run(patterns) == 0) {
      System.err.println("no kernel's line contains " + String.join(" and ", patterns));
      System.exit(2);
    }
  }

  /** Returns how many lines there were. */
  private int run(List<String> patterns) {
    int lines = Backends.simd().map(simd -> run("simd", simd, patterns)).orElse(0);
    return lines + run("scalar", Backends.scalar(), patterns);
  }

  private int run(String label, Backend backend, List<String> patterns) {
    int lines = 0;
    for (KernelCatalog.Entry entry : KernelCatalog.entries()) {
      String name = label + " " + entry.name();
      if (patterns.stream().allMatch(name.toLowerCase(Locale.ROOT)::contains)) {
        print(name, entry.kernel().apply(backend));
        lines++;
      }
    }
    return lines;
  }

  private void print(String name, Kernel kernel) {
    double rate = measure(kernel);
    String share =
        kernel.unit() == Kernel.Unit.FLOP
            ? String.format(
                Locale.ROOT, "  %5.1f %% of %.0f", 100 * rate / peak.gigaflops(), peak.gigaflops())
            : "";
    System.out.printf(Locale.ROOT, "%-94s %8.2f %s%s%n", name, rate, kernel.unit().rate(), share);
  }

  /** 10^9 units a second, a rate that one round in twenty surpasses. */
  private double measure(Kernel kernel) {
    int calls = (int) Math.max(1, SHORTEST_ROUND / kernel.work());
    rates(kernel, calls, seconds / 2, WARM_UP_ROUNDS);
    peak.clear();
    List<Double> rates = rates(kernel, calls, seconds, 1);
    rates.sort(Collections.reverseOrder());
    return rates.get(rates.size() / 20);
  }

  private List<Double> rates(Kernel kernel, int calls, double cpuSeconds, int atLeast) {
    List<Double> rates = new ArrayList<>();
    long end = THREADS.getCurrentThreadCpuTime() + (long) (cpuSeconds * 1e9);
    while (rates.size() < atLeast || THREADS.getCurrentThreadCpuTime() < end) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < calls; i++) {
        kernel.call().run();
      }
      long nanos = THREADS.getCurrentThreadCpuTime() - start;
      rates.add(calls * kernel.work() / nanos);
      peak.rounds((long) (PEAK_SHARE * nanos));
    }
    return rates;
  }
}
