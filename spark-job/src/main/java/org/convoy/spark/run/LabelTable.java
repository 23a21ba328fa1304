package org.convoy.spark.run;

import java.util.List;
import java.util.Locale;
import org.convoy.train.LabelCounts;

/** How each of several classes was found, as text. */
public final class LabelTable {
  private final LabelCounts labels;
  private final List<String> classes;

  public LabelTable(LabelCounts labels, List<String> classes) {
    this.labels = labels;
    this.classes = classes;
  }

  @Override
  public String toString() {
    int width = Math.max(8, classes.stream().mapToInt(String::length).max().orElse(0));
    StringBuilder text = new StringBuilder();
    text.append(format("%-" + width + "s   images  precision   recall       F1\n", "class"));
    for (int label = 0; label < classes.size(); label++) {
      text.append(
          format(
              "%-" + width + "s %8d  %s  %s  %s\n",
              classes.get(label),
              labels.there(label),
              percent(9, labels.precision(label)),
              percent(7, labels.recall(label)),
              percent(7, labels.f1(label))));
    }
    return text.toString();
  }

  private static String percent(int width, double share) {
    return Double.isNaN(share)
        ? " ".repeat(width - 1) + "-"
        : format("%" + (width - 2) + ".1f %%", 100 * share);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
