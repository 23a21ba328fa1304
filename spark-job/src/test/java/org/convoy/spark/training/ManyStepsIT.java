package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.convoy.data.Chunk;
import org.convoy.spark.testing.SparkTest;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@SparkTest
@Tag("long")
class ManyStepsIT {
  private static final int STEPS = 5_000;
  private static final long MEGABYTE = 1 << 20;

  @Test
  void fiveThousandStepsLeaveTheHeapFlatAndNoBroadcastBehind(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(4, 2);
    JavaRDD<Chunk> chunks =
        SmallRun.rdd(spark, setup.dealing()).persist(StorageLevel.MEMORY_ONLY());
    chunks.count();
    HeapWatch watch = new HeapWatch();
    long freeBefore = freeStorage(spark);

    new DataParallelTrainer(spark, setup, chunks, new DriverAggregation())
        .train(
            SmallRun.initial(),
            SmallRun.options(STEPS / setup.stepsPerEpoch() + 1),
            Optional.empty(),
            watch);

    assertThat(watch.steps).isGreaterThanOrEqualTo(STEPS);
    long early = watch.heap.get(1);
    long late = watch.heap.get(watch.heap.size() - 1);
    assertThat(late - early).as("growth of the heap in bytes").isLessThan(8 * MEGABYTE);
    // The parameters' broadcasts would be 11 MB; a few kB of Spark's own for the last job remain
    // until its cleaner comes by.
    assertThat(freeBefore - freeStorage(spark))
        .as("bytes of blocks left behind")
        .isLessThan(MEGABYTE / 4);
    chunks.unpersist();
  }

  private static long freeStorage(JavaSparkContext spark) {
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

  /** Notes the live heap every thousand steps. */
  private static final class HeapWatch implements TrainingListener {
    private final List<Long> heap = new ArrayList<>();
    private int steps;

    @Override
    public void stepFinished(
        Step step, double loss, long examples, double learningRate, StepTiming timing) {
      if (steps++ % 1_000 == 0) {
        for (int i = 0; i < 3; i++) {
          System.gc();
        }
        heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
    }
  }
}
