package org.convoy.spark.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other processes do, where nothing tells us. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /** Returns once the condition holds; fails with the message if it does not in time. */
  public static void until(Duration limit, BooleanSupplier condition, Supplier<String> message) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(message.get());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
