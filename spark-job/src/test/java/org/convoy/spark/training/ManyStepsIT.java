package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.StorageLevel;
import org.convoy.data.Chunk;
import org.convoy.spark.testing.Await;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.StandaloneCluster;
import org.convoy.spark.testing.StandaloneCluster.Executors;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long run on a cluster of separate processes leaves nothing behind, in none of them. */
@Tag("long")
class ManyStepsIT {
  private static final int STEPS = 20_000;
  private static final int STEPS_BETWEEN_LOOKS = 4_000;
  private static final int RETAINED_JOBS = 200;
  private static final Duration CLEANING = Duration.ofMinutes(1);
  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path directory;

  /**
   * What the processes hold at one moment.
   *
   * @param driverHeap bytes that are alive
   * @param executorHeap the same of the fullest executor
   * @param threads of the driver
   * @param executorThreads of the executor with the most
   * @param files on all disks
   */
  private record Look(
      long driverHeap, long executorHeap, long threads, long executorThreads, long files) {}

  @Test
  void twentyThousandStepsLeaveMemoryThreadsAndFilesAsTheyWere() throws IOException {
    Path driver = Files.createDirectory(directory.resolve("driver"));
    Path workers = Files.createDirectory(directory.resolve("cluster"));
    Map<String, String> settings =
        Map.of(
            "spark.local.dir", driver.toString(),
            "spark.ui.retainedJobs", Integer.toString(RETAINED_JOBS));
    try (StandaloneCluster cluster = StandaloneCluster.start(workers, Executors.simd(2));
        SparkLayout layout = SparkLayouts.on(cluster, settings)) {
      JavaSparkContext spark = layout.context();
      TrainingSetup setup = SmallRun.setup(4, 2);
      JavaRDD<Chunk> chunks =
          SmallRun.rdd(spark, setup.dealing()).persist(StorageLevel.MEMORY_ONLY());
      chunks.count();
      int persistent = spark.getPersistentRDDs().size();
      long freeBefore = freeStorage(spark);
      Looks looks = new Looks(spark);

      new DataParallelTrainer(spark, setup, chunks, new DriverAggregation())
          .train(
              SmallRun.initial(),
              SmallRun.options(STEPS / setup.stepsPerEpoch(0) + 1),
              Optional.empty(),
              looks);

      assertThat(looks.steps).isGreaterThanOrEqualTo(STEPS);
      looks.check();
      // The parameters' broadcasts would be 44 MB; some kB of Spark's own for the last jobs remain
      // until the collector has found them and its cleaner has come by.
      Await.until(
          CLEANING,
          () -> freeBefore - freeStorage(spark) < MEGABYTE / 4,
          () -> "bytes of blocks left behind: " + (freeBefore - freeStorage(spark)));
      assertThat(spark.getPersistentRDDs()).hasSize(persistent);
      assertThat(spark.sc().statusStore().jobsList(Collections.emptyList()).size())
          .as("jobs that Spark's pages remember")
          .isLessThanOrEqualTo(RETAINED_JOBS + RETAINED_JOBS / 10);
    }
  }

  private static long freeStorage(JavaSparkContext spark) {
    System.gc();
    awaitCleaning();
    long free = 0;
    scala.collection.Iterator<scala.Tuple2<Object, Object>> status =
        spark.sc().getExecutorMemoryStatus().valuesIterator();
    while (status.hasNext()) {
      free += (Long) status.next()._2();
    }
    return free;
  }

  /** Broadcasts are removed on another thread. */
  private static void awaitCleaning() {
    try {
      Thread.sleep(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long liveHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Looks at all processes every few thousand steps. */
  private final class Looks implements TrainingListener {
    private final JavaSparkContext spark;
    private final List<Look> looks = new ArrayList<>();
    private int steps;

    Looks(JavaSparkContext spark) {
      this.spark = spark;
    }

    @Override
    public void stepFinished(
        Step step, double loss, long examples, double learningRate, StepTiming timing) {
      if (++steps % STEPS_BETWEEN_LOOKS == 0) {
        looks.add(look());
      }
    }

    private Look look() {
      List<Integer> tasks = IntStream.range(0, 8).boxed().toList();
      List<List<Long>> executors =
          spark.parallelize(tasks, tasks.size()).map(new LookAtExecutor()).collect();
      return new Look(
          liveHeap(),
          executors.stream().mapToLong(executor -> executor.get(0)).max().orElseThrow(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          executors.stream().mapToLong(executor -> executor.get(1)).max().orElseThrow(),
          files());
    }

    private long files() {
      try (Stream<Path> files = Files.walk(directory)) {
        return files.filter(Files::isRegularFile).count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The first look comes when everything has been compiled and all pools have grown. */
    void check() {
      Look early = looks.get(0);
      Look late = looks.get(looks.size() - 1);
      assertThat(late.driverHeap() - early.driverHeap())
          .as(() -> "growth of the driver's heap in bytes: " + looks)
          .isLessThan(8 * MEGABYTE);
      assertThat(late.executorHeap() - early.executorHeap())
          .as(() -> "growth of an executor's heap in bytes: " + looks)
          .isLessThan(8 * MEGABYTE);
      assertThat(late.threads()).as(looks::toString).isLessThan(early.threads() + 10);
      assertThat(late.executorThreads())
          .as(looks::toString)
          .isLessThan(early.executorThreads() + 10);
      assertThat(late.files()).as(looks::toString).isLessThan(early.files() + 10);
    }
  }

  /** Live heap and threads of the process that this runs in. */
  private static final class LookAtExecutor implements Function<Integer, List<Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Long> call(Integer ignored) throws InterruptedException {
      // Long enough for both executors to get a share.
      Thread.sleep(50);
      long threads = ManagementFactory.getThreadMXBean().getThreadCount();
      return new ArrayList<>(List.of(liveHeap(), threads));
    }
  }
}
