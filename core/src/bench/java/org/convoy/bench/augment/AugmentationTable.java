package org.convoy.bench.augment;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.convoy.augment.DrawContext;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.random.RandomKey;

/**
 * Pictures a second of augmentation on one core, a line a chain: from decoded bytes to normalized
 * floats. Counts processor time, so that a busy machine disturbs it little.
 */
public final class AugmentationTable {
  private static final String USAGE =
      """
      usage: AugmentationTable [SECONDS [PATTERN...]]

      SECONDS   processor time for each chain, after as much to warm up [2]
      PATTERN   only chains whose name contains one of these, in whatever case
      """;
  private static final long ROUND = 50_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PixelPipeline pipeline;
  private final ChainCase chain;
  private final byte[] source;
  private final float[] target;
  private final PixelWorkspace workspace = new PixelWorkspace();
  private long image;

  private AugmentationTable(ChainCase chain) {
    this.chain = chain;
    this.pipeline = chain.pipeline();
    this.source = new byte[chain.image().elementCount()];
    for (int i = 0; i < source.length; i++) {
      source[i] = (byte) RandomKey.ofSeed(1).bits(i);
    }
    this.target = new float[pipeline.outputShape(chain.image()).elementCount()];
  }

  public static void main(String[] arguments) {
    double seconds;
    try {
      seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
    } catch (NumberFormatException e) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    List<String> patterns =
        List.of(arguments).stream().skip(1).map(word -> word.toUpperCase(Locale.ROOT)).toList();
    System.out.printf("%-24s %14s %14s %14s%n", "chain", "median/s", "best 1 in 20", "bytes/image");
    for (ChainCase chain : ChainCase.values()) {
      if (patterns.isEmpty() || patterns.stream().anyMatch(chain.name()::contains)) {
        new AugmentationTable(chain).print(seconds);
      }
    }
  }

  private void print(double seconds) {
    rates(seconds);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long first = image;
    List<Double> rates = rates(seconds);
    long allocated = (THREADS.getCurrentThreadAllocatedBytes() - before) / (image - first);
    rates.sort(Collections.reverseOrder());
    System.out.printf(
        Locale.ROOT,
        "%-24s %14.0f %14.0f %14d%n",
        chain.name().toLowerCase(Locale.ROOT),
        rates.get(rates.size() / 2),
        rates.get(rates.size() / 20),
        allocated);
  }

  /** Images a second of each of many rounds. */
  private List<Double> rates(double seconds) {
    List<Double> rates = new ArrayList<>();
    long end = THREADS.getCurrentThreadCpuTime() + (long) (seconds * 1e9);
    long start = THREADS.getCurrentThreadCpuTime();
    while (start < end) {
      long now = start;
      int count = 0;
      while (now - start < ROUND) {
        for (int i = 0; i < 20; i++) {
          DrawContext context = DrawContext.of(1, 0, image++);
          pipeline.prepare(source, 0, chain.image(), context, target, 0, workspace);
        }
        count += 20;
        now = THREADS.getCurrentThreadCpuTime();
      }
      rates.add(count * 1e9 / (now - start));
      start = now;
    }
    return rates;
  }
}
