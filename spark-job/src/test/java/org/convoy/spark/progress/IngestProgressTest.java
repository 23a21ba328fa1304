package org.convoy.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IngestProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong(7 * SECOND);
  private final List<String> lines = new ArrayList<>();
  private final IngestProgress progress =
      new IngestProgress("decoding", 10_000, new LogView(lines::add), clock::get);

  @Test
  void speedAndTimeLeftAreShownNowAndThen() {
    clock.addAndGet(9 * SECOND);
    progress.accept(900);
    clock.addAndGet(SECOND);
    progress.accept(1000);
    clock.addAndGet(5 * SECOND);
    progress.accept(1500);
    clock.addAndGet(5 * SECOND);
    progress.accept(4000);
    clock.addAndGet(20 * SECOND);
    progress.end();

    assertThat(lines)
        .containsExactly(
            "decoding: 1,000 of 10,000 images, 100 images/s, 1:30 left",
            "decoding: 4,000 of 10,000 images, 200 images/s, 30.0 s left",
            "decoding: 10,000 images in 40.0 s, 250 images/s");
  }

  @Test
  void whatTakesNoTimeIsNotWorthALine() {
    clock.addAndGet(4 * SECOND);
    progress.accept(10_000);
    progress.end();

    assertThat(lines).isEmpty();
  }
}
