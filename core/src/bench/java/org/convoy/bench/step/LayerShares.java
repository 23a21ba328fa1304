package org.convoy.bench.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.convoy.train.NetworkProfile;

/**
 * Which layers take an iteration's time on the first thread: the largest first, then what is left
 * to the others, to copying images in and to waiting.
 */
final class LayerShares {
  private final List<NetworkProfile.Row> rows;
  private final double total;
  private final int shown;

  private LayerShares(List<NetworkProfile.Row> rows, double total, int shown) {
    this.rows = rows;
    this.total = total;
    this.shown = shown;
  }

  /** Measures warm iterations for so many seconds. */
  static LayerShares measure(StepRunner runner, double seconds, int shown) {
    List<Long> totals = new ArrayList<>();
    List<Long> updates = new ArrayList<>();
    Runnable step =
        () -> {
          long start = System.nanoTime();
          runner.iterate();
          totals.add(System.nanoTime() - start);
          updates.add(runner.updateNanos());
        };
    NetworkProfile profile =
        NetworkProfile.of(runner.execution(), runner.executionBatch(), step, seconds);
    List<NetworkProfile.Row> rows = new ArrayList<>(profile.rows());
    if (median(updates) > 0) {
      rows.add(new NetworkProfile.Row("update", "Sgd", 0, median(updates), 0));
    }
    rows.sort(Comparator.comparingLong(NetworkProfile.Row::total).reversed());
    return new LayerShares(rows, median(totals), shown);
  }

  private static long median(List<Long> values) {
    List<Long> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    lines.append(
        String.format(
            "    %-24s %-16s %7s  %12s  %12s  %s%n",
            "layer", "type", "share", "forward", "backward", "GFLOP/s"));
    List<NetworkProfile.Row> top = rows.subList(0, Math.min(shown, rows.size()));
    for (NetworkProfile.Row row : top) {
      lines.append(line(row));
    }
    double rest = total - top.stream().mapToDouble(NetworkProfile.Row::total).sum();
    int hidden = rows.size() - top.size();
    lines.append(
        String.format(
            Locale.ROOT,
            "    %-24s %-16s %5.1f %%%n",
            hidden > 0 ? "rest, with " + hidden + " others" : "rest",
            "",
            100 * rest / total));
    return lines.toString();
  }

  private String line(NetworkProfile.Row row) {
    String rate =
        row.multiplyAdds() == 0 ? "" : String.format(Locale.ROOT, "%7.1f", row.gigaflops());
    return String.format(
        Locale.ROOT,
        "    %-24s %-16s %5.1f %%  %s  %s  %s%n",
        row.name(),
        row.type(),
        100 * row.total() / total,
        time(row.forward()),
        time(row.backward()),
        rate);
  }

  private static String time(long nanos) {
    return nanos == 0 ? " ".repeat(12) : String.format(Locale.ROOT, "%9.3f ms", nanos * 1e-6);
  }
}
