package org.convoy.spark.progress;

import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows how many images have been found where they lie, as long as that takes. */
public final class ListingProgress {
  private static final double SHORT = 5;

  private final String doing;
  private final ProgressView view;
  private final LongSupplier nanoClock;
  private final long begin;
  private long lastShown;
  private long places;
  private String kind = "";

  /**
   * @param doing such as {@code listing data.train}
   * @param nanoClock such as {@code System::nanoTime}
   */
  public ListingProgress(String doing, ProgressView view, LongSupplier nanoClock) {
    this.doing = doing;
    this.view = view;
    this.nanoClock = nanoClock;
    this.begin = nanoClock.getAsLong();
    this.lastShown = begin;
  }

  /**
   * Takes what is found so far.
   *
   * @param count of places that were looked at
   * @param what they are, such as {@code folders}
   */
  public void found(long images, long count, String what) {
    places = count;
    kind = what;
    long now = nanoClock.getAsLong();
    if (now - lastShown >= view.intervalNanos()) {
      lastShown = now;
      view.pass(
          String.format(
              Locale.ROOT,
              "%s: %,d images%s so far, %s",
              doing,
              images,
              where(),
              Durations.format(seconds(now))));
    }
  }

  /** Shows what it took, if that was worth waiting for, or anything was shown before. */
  public void end(long images) {
    double seconds = seconds(nanoClock.getAsLong());
    if (seconds >= SHORT || lastShown > begin) {
      view.keep(
          String.format(
              Locale.ROOT,
              "%s: %,d images%s, %s",
              doing,
              images,
              where(),
              Durations.format(seconds)));
    }
  }

  private String where() {
    return places == 0 ? "" : String.format(Locale.ROOT, " in %,d %s", places, kind);
  }

  private double seconds(long now) {
    return (now - begin) * 1e-9;
  }
}
