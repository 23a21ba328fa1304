package org.convoy.spark.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.Function2;
import org.convoy.data.Chunk;
import org.convoy.spark.testing.Await;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;

/**
 * Catches one task of a step while it reads its chunks, on whichever executor that is: the task
 * leaves its process's number and waits to be killed. Set after a certain step, so that the harm is
 * done in the middle of the next one.
 */
final class Trap implements TrainingListener {
  private static final String SET = "set";
  private static final String CAUGHT = "caught-";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path directory;
  private final int afterStep;
  private final LongConsumer harm;
  private CompletableFuture<Void> sprung;
  private int steps;

  /**
   * @param directory of this trap alone
   * @param afterStep number of steps to wait for
   * @param harm does something to the process in which the caught task waits
   */
  Trap(Path directory, int afterStep, LongConsumer harm) throws IOException {
    this.directory = Files.createDirectory(directory);
    this.afterStep = afterStep;
    this.harm = harm;
  }

  Bait bait() {
    return new Bait(directory.toString());
  }

  @Override
  public void stepFinished(
      Step step, double loss, long examples, double learningRate, StepTiming timing) {
    if (++steps == afterStep) {
      sprung = CompletableFuture.runAsync(() -> harm.accept(awaitCatch()));
      try {
        Files.createFile(directory.resolve(SET));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Fails unless a task was caught and the harm done. */
  void check() {
    sprung.join();
  }

  private long awaitCatch() {
    Await.until(LIMIT, () -> caught().isPresent(), () -> "no task stepped into " + directory);
    return caught().orElseThrow();
  }

  private Optional<Long> caught() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(CAUGHT))
          .map(name -> Long.valueOf(name.substring(CAUGHT.length())))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a task reads its chunks through. */
  static final class Bait implements Function2<Integer, Iterator<Chunk>, Iterator<Chunk>> {
    private static final long serialVersionUID = 1L;

    private final String directory;

    private Bait(String directory) {
      this.directory = directory;
    }

    @Override
    public Iterator<Chunk> call(Integer partition, Iterator<Chunk> chunks)
        throws InterruptedException, IOException {
      Path set = Path.of(directory, SET);
      if (Files.exists(set) && take(set)) {
        Thread.sleep(LIMIT.toMillis());
        throw new IllegalStateException("nobody ended the task that was caught in " + directory);
      }
      return chunks;
    }

    private static boolean take(Path set) throws IOException {
      try {
        Files.move(set, set.resolveSibling(CAUGHT + ProcessHandle.current().pid()));
        return true;
      } catch (FileSystemException e) {
        return false;
      }
    }
  }
}
