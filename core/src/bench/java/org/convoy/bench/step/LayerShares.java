package org.convoy.bench.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.convoy.train.NetworkProfile;
import org.convoy.train.NetworkProfile.Row;

/**
 * Which layers take an iteration's time on the first thread: the largest first, then what is left
 * to the others, to copying images in and to waiting; and the same by type of layer.
 */
final class LayerShares {
  private final List<Row> rows;
  private final double total;
  private final int shown;

  private LayerShares(List<Row> rows, double total, int shown) {
    this.rows = rows;
    this.total = total;
    this.shown = shown;
  }

  /** Measures warm iterations for so many seconds. */
  static LayerShares measure(StepRunner runner, double seconds, int shown) {
    List<Long> updates = new ArrayList<>();
    Runnable step =
        () -> {
          runner.iterate();
          updates.add(runner.updateNanos());
        };
    NetworkProfile profile = NetworkProfile.of(runner.passes(), runner.together(), step, seconds);
    List<Row> rows = new ArrayList<>(profile.rows());
    if (median(updates) > 0) {
      rows.add(new Row("update", "Sgd", "update", 0, median(updates), 0));
    }
    rows.sort(Comparator.comparingLong(Row::total).reversed());
    return new LayerShares(rows, profile.stepNanos(), shown);
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
    List<Row> top = rows.subList(0, Math.min(shown, rows.size()));
    for (Row row : top) {
      lines.append(line(row));
    }
    double rest = total - top.stream().mapToDouble(Row::total).sum();
    int hidden = rows.size() - top.size();
    lines.append(
        String.format(
            Locale.ROOT,
            "    %-24s %-16s %5.1f %%%n",
            hidden > 0 ? "rest, with " + hidden + " others" : "rest",
            "",
            100 * rest / total));
    return lines.append("    by type: ").append(byType()).append(String.format("%n")).toString();
  }

  /** Each type's layers together, those that take most first, and what is no layer's. */
  private String byType() {
    Map<String, Long> types = new HashMap<>();
    rows.forEach(row -> types.merge(row.type(), row.total(), Long::sum));
    types.put("copying and waiting", (long) total - rows.stream().mapToLong(Row::total).sum());
    return types.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(
            type ->
                String.format(
                    Locale.ROOT, "%s %.1f %%", type.getKey(), 100 * type.getValue() / total))
        .collect(Collectors.joining(", "));
  }

  private String line(Row row) {
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
