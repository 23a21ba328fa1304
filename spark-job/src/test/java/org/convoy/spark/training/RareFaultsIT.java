package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.convoy.spark.testing.Await;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.StandaloneCluster;
import org.convoy.spark.testing.StandaloneCluster.Executors;
import org.convoy.spark.testing.StandaloneCluster.Setup;
import org.convoy.spark.training.FaultyRun.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link FaultsIT} shows, for settings of Spark that need a cluster of their own. */
@Tag("long")
class RareFaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Executors TWO = new Executors(2, 1, 700, true, List.of());
  private static final Executors TWO_OF_TWO_CORES = new Executors(2, 2, 700, true, List.of());

  @TempDir private Path directory;
  private FaultyRun run;
  private Path workers;
  private String undisturbed;

  @BeforeEach
  void trainInOneJvm() throws IOException {
    run = new FaultyRun(directory);
    workers = Files.createDirectory(directory.resolve("cluster"));
    try (SparkLayout layout = SparkLayouts.local(2)) {
      undisturbed = run.undisturbed(layout.context()).hash();
    }
  }

  @Test
  void aStragglerIsOvertaken() throws IOException {
    Map<String, String> speculation =
        Map.of(
            "spark.speculation", "true",
            "spark.speculation.interval", "50ms",
            "spark.speculation.multiplier", "2");
    try (StandaloneCluster cluster =
            StandaloneCluster.start(workers, TWO, new Setup(true, speculation));
        SparkLayout layout = SparkLayouts.on(cluster)) {
      // The caught task sleeps until Spark interrupts it.
      Trap trap = new Trap(directory.resolve("trap"), 5, pid -> {});

      Outcome outcome =
          run.trapped(
              layout.context(),
              trap,
              faults -> faults.supersededTasks() > 0 && faults.seconds() > 0);

      assertThat(outcome.hash()).isEqualTo(undisturbed);
      assertThat(outcome.faults().executorsLost()).isZero();
    }
  }

  @Test
  void executorsComeAndGo() throws IOException {
    Map<String, String> dynamic =
        Map.of(
            "spark.dynamicAllocation.enabled", "true",
            "spark.dynamicAllocation.shuffleTracking.enabled", "true",
            "spark.dynamicAllocation.shuffleTracking.timeout", "2s",
            "spark.dynamicAllocation.initialExecutors", "2",
            "spark.dynamicAllocation.minExecutors", "1",
            "spark.dynamicAllocation.executorIdleTimeout", "2s",
            "spark.dynamicAllocation.cachedExecutorIdleTimeout", "2s");
    try (StandaloneCluster cluster = StandaloneCluster.start(workers, TWO);
        SparkLayout layout = SparkLayouts.on(cluster, dynamic)) {
      Runnable waitUntilOneIsGone =
          () ->
              Await.until(
                  LIMIT,
                  () -> cluster.executorProcesses().size() == 1,
                  () -> "no executor was given back");
      waitUntilOneIsGone.run();

      // The first steps ask for the second executor again; given back, it takes chunks with it.
      Outcome outcome =
          run.after(5, waitUntilOneIsGone, layout.context(), faults -> faults.isNone());

      assertThat(outcome.hash()).isEqualTo(undisturbed);
      assertThat(outcome.faults()).isEqualTo(Faults.NONE);
    }
  }

  @Test
  void tasksOfTwoThreadsOnEncryptedAuthenticatedConnections() throws IOException {
    Map<String, String> secured =
        Map.of(
            "spark.authenticate", "true",
            "spark.authenticate.secret", "nobody knows but these processes",
            "spark.network.crypto.enabled", "true",
            "spark.io.encryption.enabled", "true");
    try (StandaloneCluster cluster =
            StandaloneCluster.start(workers, TWO_OF_TWO_CORES, new Setup(false, secured));
        SparkLayout layout = SparkLayouts.on(cluster, Map.of("spark.task.cpus", "2"))) {
      JavaSparkContext spark = layout.context();
      assertThat(spark.parallelize(List.of(1, 2), 2).map(new Security()).distinct().collect())
          .containsExactly("authentication true, encryption true, 2 cores a task");

      assertThat(run.undisturbed(spark).hash()).isEqualTo(undisturbed);
      assertThat(run.failingTasks(spark).hash()).isEqualTo(undisturbed);
    }
  }

  /** What an executor itself says. */
  private static final class Security implements Function<Integer, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String call(Integer ignored) {
      return "authentication "
          + SparkEnv.get().securityManager().isAuthenticationEnabled()
          + ", encryption "
          + SparkEnv.get().securityManager().isEncryptionEnabled()
          + ", "
          + TaskContext.get().cpus()
          + " cores a task";
    }
  }
}
