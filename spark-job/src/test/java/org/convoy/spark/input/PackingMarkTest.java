package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackingMarkTest {
  private static final PackingMark.Pace FAST =
      new PackingMark.Pace(Duration.ofMillis(20), Duration.ofMillis(400), Duration.ofMillis(60));

  /** For who finds a packing at work, which is seen long before that time is over. */
  private static final PackingMark.Pace PATIENT =
      new PackingMark.Pace(Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofMillis(60));

  /** For two at once, of which a busy machine may run one much later than the other. */
  private static final PackingMark.Pace SETTLED =
      new PackingMark.Pace(Duration.ofMillis(20), Duration.ofMillis(400), Duration.ofSeconds(1));

  @TempDir private Path folder;
  private final Storage storage = new Storage(new Configuration());

  private PackingMark mark() throws IOException {
    return mark(FAST);
  }

  private PackingMark mark(PackingMark.Pace pace) throws IOException {
    return new PackingMark(
        storage, storage.resolve(folder.toString()), List.of("train", "test"), pace);
  }

  private void leaveFiles() throws IOException {
    Files.createDirectories(folder.resolve("train"));
    Files.writeString(folder.resolve("train/part-00000.parquet"), "PAR1");
    Files.writeString(folder.resolve("part-00001.seq"), "SEQ");
  }

  @Test
  void whereNothingIsNothingIsCleared() throws IOException {
    assertThat(mark().isAbandoned()).isFalse();
    assertThat(mark().clear(List.of())).isFalse();
  }

  /** Elsewhere a mark that is not there is looked for some times, 50 ms apart. */
  @Test
  void whereNothingIsNothingIsWaitedFor() throws IOException {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      mark().isAbandoned();
      mark().clear(List.of());
      fastest = Math.min(fastest, System.nanoTime() - start);
    }

    assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(150));
  }

  @Test
  void whatAKilledPackingLeftIsCleared() throws IOException {
    mark().set();
    leaveFiles();

    assertThat(mark().clear(List.of())).isTrue();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMarkThatSaysNothingIsAKilledPackings() throws IOException {
    Files.writeString(folder.resolve("_packing.json"), "{}");
    leaveFiles();

    assertThat(mark().clear(List.of())).isTrue();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whileAPackingIsAtWorkNothingIsCleared() throws IOException {
    PackingMark first = mark();
    first.set();
    leaveFiles();

    try (PackingPulse pulse = PackingPulse.start(first, () -> {})) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> mark(PATIENT).clear(List.of()))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining(
                "another packing is at work there (process " + ProcessHandle.current().pid())
            .hasMessageContaining("choose another directory, or wait until it has ended");
      }
      assertThatThrownBy(() -> mark(PATIENT).isAbandoned()).isInstanceOf(StorageException.class);
      pulse.throwIfLost();
    }

    assertThat(folder.resolve("train/part-00000.parquet")).exists();
    first.remove();
    assertThat(folder.resolve("_packing.json")).doesNotExist();
  }

  @Test
  void aSecondPackingDoesNotGetTheMark() throws IOException {
    PackingMark first = mark();
    first.set();

    assertThatThrownBy(() -> mark().set())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("another packing is at work there");

    assertThat(first.isOwn()).isTrue();
  }

  @Test
  void aPackingThatLostItsDirectoryIsToldAndTouchesNothing() throws Exception {
    PackingMark stopped = mark();
    stopped.set();
    PackingMark second = mark();
    second.clear(List.of());
    second.set();
    leaveFiles();
    CountDownLatch told = new CountDownLatch(1);

    try (PackingPulse pulse = PackingPulse.start(stopped, told::countDown)) {
      assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(pulse::throwIfLost)
          .isInstanceOf(PackingMark.LostException.class)
          .hasMessageContaining("is no longer this packing's: its _packing.json was taken over");
    }

    assertThatThrownBy(stopped::remove).isInstanceOf(PackingMark.LostException.class);
    assertThat(second.isOwn()).isTrue();
    assertThat(folder.resolve("train/part-00000.parquet")).exists();
  }

  @Test
  void ofTwoThatTakeOverAtOnceOneDoes() throws Exception {
    mark().set();
    leaveFiles();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    int cleared = 0;
    List<Throwable> refused = new ArrayList<>();
    try {
      List<Future<Boolean>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        PackingMark mark = mark(SETTLED);
        both.add(threads.submit(() -> mark.clear(List.of())));
      }
      for (Future<Boolean> one : both) {
        try {
          cleared += one.get() ? 1 : 0;
        } catch (ExecutionException e) {
          refused.add(e.getCause());
        }
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(cleared).isEqualTo(1);
    assertThat(refused)
        .allSatisfy(e -> assertThat(e).hasMessageContaining("another packing is at work there"));
    assertThat(storage.list(storage.resolve(folder.toString()))).isEmpty();
  }
}
