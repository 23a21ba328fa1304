package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Many bad images in a few lines: how many of them have which reason. */
public final class BadImages {
  private static final int KINDS_SHOWN = 10;

  private BadImages() {}

  /** A reason without what differs from file to file: numbers, and what stands behind a colon. */
  public static String kind(String reason) {
    int colon = reason.indexOf(": ");
    return (colon < 0 ? reason : reason.substring(0, colon)).replaceAll("[0-9]+", "N");
  }

  /** A line for each kind of reason, the most frequent first. */
  public static List<String> summary(Collection<UndecodableImage> images) {
    Map<String, Long> kinds = new TreeMap<>();
    images.forEach(image -> kinds.merge(kind(image.reason()), 1L, Long::sum));
    return summary(kinds);
  }

  /**
   * The same of kinds that were counted.
   *
   * @param kinds how many images have which
   */
  public static List<String> summary(Map<String, Long> kinds) {
    List<Map.Entry<String, Long>> entries = new ArrayList<>(kinds.entrySet());
    entries.sort(
        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    List<String> lines = new ArrayList<>();
    long left = 0;
    for (Map.Entry<String, Long> entry : entries) {
      if (lines.size() < KINDS_SHOWN) {
        lines.add(String.format(Locale.ROOT, "%,8d  %s", entry.getValue(), entry.getKey()));
      } else {
        left += entry.getValue();
      }
    }
    if (left > 0) {
      lines.add(String.format(Locale.ROOT, "%,8d  of other kinds", left));
    }
    return lines;
  }
}
