package org.convoy.spark.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.progress.LogView;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;

/**
 * Trains by a recipe in local mode and prints what the heap held at most, right after collections,
 * beside the estimate: {@code MEMORY estimated MB, measured MB}. A main, so that each recipe has a
 * JVM of its own.
 */
public final class MemoryProbe {
  private MemoryProbe() {}

  /** Arguments: a directory for the run, then the recipe's words. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    List<String> words = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
    Storage storage = new Storage(new Configuration());
    JobOptions options = JobOptions.read(Recipe.load(storage, words), JobKind.TRAIN);
    TrainingPlan plan = TrainingPlan.of(options, storage, new LogView(line -> {}));
    try (SparkLayout layout = SparkLayouts.local(2);
        Peak peak = new Peak()) {
      ClusterShape cluster = ClusterShape.of(layout.context());
      MemoryEstimate estimate = new MemoryEstimate(plan, cluster);
      MemoryNeed need = estimate.driver().plus(estimate.executor());
      Path run = Files.createDirectory(directory.resolve("run"));
      OutputDirectory output = OutputDirectory.prepare(storage, run.toString(), true, List.of());
      TrainingRun.Place place =
          new TrainingRun.Place("probe", output, new LogView(line -> {}), Continuation.BEGIN);
      new TrainingRun(layout.context(), storage, plan, place).execute();
      System.out.println(
          String.format(
              Locale.ROOT,
              "MEMORY %d, %d: %s",
              (need.total() + estimate.chunksBytes()) >> 20,
              peak.bytes() >> 20,
              need));
    }
  }

  /** Collects garbage a few times a second, and notes the most that was left. */
  private static final class Peak implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final Thread thread = new Thread(this::watch, "heap watch");
    private volatile boolean ended;
    private volatile long most;

    Peak() {
      thread.setDaemon(true);
      thread.start();
    }

    private void watch() {
      while (!ended) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        most = Math.max(most, used);
        LockSupport.parkNanos(PAUSE);
      }
    }

    long bytes() {
      return most;
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
