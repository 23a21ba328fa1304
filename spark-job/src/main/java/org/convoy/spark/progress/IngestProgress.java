package org.convoy.spark.progress;

import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Shows how many images have been read, how fast, and for how much longer. */
public final class IngestProgress implements LongConsumer {
  private static final double SHORT = 5;

  private final String doing;
  private final long images;
  private final ProgressView view;
  private final LongSupplier nanoClock;
  private final long begin;
  private long lastShown;

  /**
   * @param doing such as {@code decoding}
   * @param images that there are
   * @param nanoClock such as {@code System::nanoTime}
   */
  public IngestProgress(String doing, long images, ProgressView view, LongSupplier nanoClock) {
    this.doing = doing;
    this.images = images;
    this.view = view;
    this.nanoClock = nanoClock;
    this.begin = nanoClock.getAsLong();
    this.lastShown = begin;
  }

  /** Takes the number of images so far. */
  @Override
  public synchronized void accept(long done) {
    long now = nanoClock.getAsLong();
    if (done > 0 && now - lastShown >= view.intervalNanos()) {
      lastShown = now;
      double rate = done / seconds(now);
      view.pass(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d images, %,.0f images/s, %s left",
              doing,
              done,
              images,
              rate,
              Durations.format((images - done) / rate)));
    }
  }

  /** Shows what it took, if that was worth waiting for. */
  public synchronized void end() {
    double seconds = seconds(nanoClock.getAsLong());
    if (seconds >= SHORT) {
      view.keep(
          String.format(
              Locale.ROOT,
              "%s: %,d images in %s, %,.0f images/s",
              doing,
              images,
              Durations.format(seconds),
              images / seconds));
    }
  }

  private double seconds(long now) {
    return (now - begin) * 1e-9;
  }
}
