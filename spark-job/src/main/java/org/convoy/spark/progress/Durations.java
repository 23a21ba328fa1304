package org.convoy.spark.progress;

import java.util.Locale;

/** Durations as people read them. */
public final class Durations {
  private Durations() {}

  /** {@code 4.2 s}, {@code 1:23} (minutes and seconds) or {@code 1:02:03}. */
  public static String format(double seconds) {
    if (!(seconds < 60)) {
      return clock(Math.round(seconds));
    }
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  private static String clock(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
