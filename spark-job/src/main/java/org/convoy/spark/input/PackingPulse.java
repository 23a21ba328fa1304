package org.convoy.spark.input;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets a packing's mark go on while the packing is at work, in a thread of its own, from {@link
 * #start} to {@link #close}.
 */
public final class PackingPulse implements AutoCloseable {
  private final PackingMark mark;
  private final Runnable whenLost;
  private final ScheduledExecutorService thread;
  private Future<?> beats;
  private volatile PackingMark.LostException lost;

  private PackingPulse(PackingMark mark, Runnable whenLost) {
    this.mark = mark;
    this.whenLost = whenLost;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "convoy-packing-pulse");
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Begins.
   *
   * @param whenLost is to end the packing: the directory is another's
   */
  public static PackingPulse start(PackingMark mark, Runnable whenLost) {
    PackingPulse pulse = new PackingPulse(mark, whenLost);
    pulse.begin();
    return pulse;
  }

  private void begin() {
    long pulse = mark.pulse().toNanos();
    beats = thread.scheduleWithFixedDelay(this::beat, pulse, pulse, TimeUnit.NANOSECONDS);
  }

  private void beat() {
    try {
      mark.beat();
    } catch (PackingMark.LostException e) {
      lost = e;
      beats.cancel(/* mayInterruptIfRunning= */ false);
      whenLost.run();
    } catch (IOException e) {
      // The file system does not answer now; the next beat tries again.
      return;
    }
  }

  /**
   * Throws what ended the packing, if that was another one.
   *
   * @throws PackingMark.LostException saying so
   */
  public void throwIfLost() throws PackingMark.LostException {
    if (lost != null) {
      throw lost;
    }
  }

  /** Ends, when a beat that has begun is done. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(mark.pulse().toNanos(), TimeUnit.NANOSECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
