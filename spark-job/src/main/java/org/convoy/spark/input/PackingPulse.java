package org.convoy.spark.input;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets a packing's mark go on while the packing is at work, in a thread of its own, from {@link
 * #start} to {@link #close}.
 */
public final class PackingPulse implements AutoCloseable {
  private final Beat beat;
  private final Runnable whenLost;
  private final ScheduledExecutorService thread;
  private Future<?> beats;
  private volatile PackingMark.LostException lost;

  /** What is done again and again. */
  interface Beat {
    void run() throws IOException;
  }

  private PackingPulse(Beat beat, Runnable whenLost) {
    this.beat = beat;
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
    return start(mark::beat, mark.pulse(), whenLost);
  }

  static PackingPulse start(Beat beat, Duration every, Runnable whenLost) {
    PackingPulse pulse = new PackingPulse(beat, whenLost);
    pulse.begin(every.toNanos());
    return pulse;
  }

  private void begin(long nanos) {
    beats = thread.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void beat() {
    try {
      beat.run();
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

  /**
   * Ends, when a beat that has begun is done, however long the file system takes for it: one that
   * is still written would bring back a mark that was removed. An interrupt is kept for later.
   */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
