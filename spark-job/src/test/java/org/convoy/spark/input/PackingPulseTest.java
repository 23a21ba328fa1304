package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PackingPulseTest {
  private static final Duration EVERY = Duration.ofMillis(5);

  @Test
  void itEndsOnlyWhenASlowBeatIsDone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean doneWhenClosed = new AtomicBoolean();
    PackingPulse pulse =
        PackingPulse.start(
            () -> {
              begun.countDown();
              await(goOn);
              done.set(true);
            },
            EVERY,
            () -> {});
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    Thread closing =
        new Thread(
            () -> {
              pulse.close();
              doneWhenClosed.set(done.get());
            });
    closing.start();
    closing.join(EVERY.toMillis() * 20);
    assertThat(closing.isAlive()).isTrue();
    closing.interrupt();
    closing.join(EVERY.toMillis() * 20);
    assertThat(closing.isAlive()).isTrue();
    goOn.countDown();
    closing.join();

    assertThat(doneWhenClosed).isTrue();
  }

  @Test
  void aBeatThatFailsIsTriedAgain() throws Exception {
    CountDownLatch three = new CountDownLatch(3);

    try (PackingPulse pulse =
        PackingPulse.start(
            () -> {
              three.countDown();
              throw new IOException("the file system does not answer");
            },
            EVERY,
            () -> {})) {
      assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
      pulse.throwIfLost();
    }
  }

  @Test
  void nothingBeatsWhenItHasEnded() throws Exception {
    AtomicInteger beats = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    PackingPulse pulse =
        PackingPulse.start(
            () -> {
              beats.incrementAndGet();
              two.countDown();
            },
            EVERY,
            () -> {});
    assertThat(two.await(30, TimeUnit.SECONDS)).isTrue();
    pulse.close();
    int then = beats.get();

    TimeUnit.MILLISECONDS.sleep(EVERY.toMillis() * 10);

    assertThat(beats).hasValue(then);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
