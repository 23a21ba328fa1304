package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long jobs of one kind took: the latest undisturbed ones, and all in which something failed.
 */
final class JobDurations {
  private static final int LATEST = 101;

  private final long[] undisturbed = new long[LATEST];
  private final List<Long> disturbed = new ArrayList<>();
  private int count;

  void add(long millis, boolean wasDisturbed) {
    if (wasDisturbed) {
      disturbed.add(millis);
    } else {
      undisturbed[count++ % LATEST] = millis;
    }
  }

  /** Something of a job failed after it had been added as undisturbed, and stays among these. */
  void disturbLate(long millis) {
    disturbed.add(millis);
  }

  /**
   * By how much the disturbed jobs took longer than undisturbed ones in the median; 0 as long as
   * there is none to compare them with.
   */
  long lostMillis() {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(undisturbed, Math.min(count, LATEST));
    Arrays.sort(sorted);
    long usual = sorted[sorted.length / 2];
    return disturbed.stream().mapToLong(millis -> Math.max(0, millis - usual)).sum();
  }
}
