package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.StandaloneCluster;
import org.convoy.spark.testing.StandaloneCluster.Executors;
import org.convoy.spark.training.FaultyRun.Outcome;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise P2: a run on a cluster of separate processes survives what Spark survives, ends with the
 * parameters of an undisturbed one, and says what it took. {@link RareFaultsIT} has the slow ones.
 */
class FaultsIT {
  private static final Executors TWO = new Executors(2, 1, 700, true, List.of());

  @TempDir private Path directory;

  @Test
  void lostTasksChunksExecutorsAndWorkersChangeNothing() throws IOException {
    FaultyRun run = new FaultyRun(directory);
    Path workers = Files.createDirectory(directory.resolve("cluster"));
    try (StandaloneCluster cluster = StandaloneCluster.start(workers, TWO);
        SparkLayout layout = SparkLayouts.on(cluster)) {
      JavaSparkContext spark = layout.context();
      Outcome undisturbed = run.undisturbed(spark);
      assertThat(undisturbed.faults()).isEqualTo(Faults.NONE);

      Outcome failing = run.failingTasks(spark);
      assertThat(failing.hash()).as("failing tasks").isEqualTo(undisturbed.hash());
      assertThat(failing.faults().executorsLost()).isZero();

      AtomicInteger lost = new AtomicInteger();
      Outcome forgotten =
          run.after(5, () -> lost.set(FaultyRun.loseCachedBlocks(spark)), spark, faults -> true);
      assertThat(forgotten.hash()).as("lost chunks").isEqualTo(undisturbed.hash());
      assertThat(lost.get()).as("lost blocks").isPositive();

      assertThat(killing(run, spark, "executor", FaultyRun.SLICED, FaultsIT::kill))
          .as("killed executor")
          .isEqualTo(undisturbed.hash());
      cluster.awaitExecutors();
      assertThat(killing(run, spark, "worker", FaultyRun.DRIVER, cluster::killWorkerOf))
          .as("killed worker")
          .isEqualTo(undisturbed.hash());
    }
  }

  /** Harm in the middle of the sixth step: lost with the executor are its task and its chunks. */
  private String killing(
      FaultyRun run,
      JavaSparkContext spark,
      String what,
      Function<TrainingSetup, Aggregation> aggregation,
      LongConsumer harm)
      throws IOException {
    Trap trap = new Trap(directory.resolve("trap-" + what), 5, harm);
    Outcome outcome =
        run.trapped(
            spark,
            trap,
            aggregation,
            faults ->
                faults.executorsLost() == 1
                    && faults.failedTasks() > 0
                    && faults.disturbedJobs() > 0);
    assertThat(outcome.faults().taskSeconds()).isPositive();
    assertThat(outcome.faults().seconds()).isPositive();
    return outcome.hash();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
