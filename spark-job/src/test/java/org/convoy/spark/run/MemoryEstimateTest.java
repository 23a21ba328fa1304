package org.convoy.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.progress.LogView;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.SampleCut;
import org.convoy.spark.training.DriverRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is estimated of a run before it begins. */
class MemoryEstimateTest {
  private static final long GIGABYTE = 1L << 30;

  @TempDir private Path directory;

  @Test
  void localStepsTakeVectorsInEachThread() throws IOException {
    ClusterShape cluster = cluster(4 * GIGABYTE);
    TrainingPlan plan = plan("network=lenet5");
    long vector = 4L * plan.setup().network().layout().length();
    long synchronous = new MemoryEstimate(plan, cluster).executor().total();

    assertThat(executor(cluster, "localSteps={steps=4}") - synchronous)
        .isEqualTo(2 * 2 * 2 * vector);
    assertThat(executor(cluster, "localSteps={steps=4, momentum=0.9}") - synchronous)
        .isEqualTo(2 * 2 * 3 * vector);
  }

  private long executor(ClusterShape cluster, String local) throws IOException {
    return new MemoryEstimate(plan("network=lenet5", local), cluster).executor().total();
  }

  @Test
  void aNetworkWithoutParametersTakesMemoryToo() throws IOException {
    TrainingPlan plan =
        plan("network={nodes=[{name=flat,type=flatten}]}", "data.resize={size=[2,5]}");
    MemoryEstimate estimate = new MemoryEstimate(plan, cluster(GIGABYTE));

    assertThat(plan.setup().network().layout().length()).isZero();
    assertThat(estimate.driver().total()).isEqualTo(DriverRoom.BASE);
    assertThat(estimate.executor().total()).isPositive();
  }

  @Test
  void whatIsChosenByMeasuringFitsTheDriverComfortably() throws IOException {
    TrainingPlan plan = plan("network=alexnet", "data.resize={size=224}", "data.channels=3");
    long vector = 4L * plan.setup().network().layout().length();

    Map<Long, Long> sums = Map.of(2L, 1L, 3L, 1L, 4L, 2L, 8L, 2L, 16L, 8L);
    for (long gigabytes : sums.keySet()) {
      MemoryEstimate estimate = new MemoryEstimate(plan, cluster(gigabytes * GIGABYTE));
      assertThat(estimate.driver().total())
          .as("%d GB", gigabytes)
          .isLessThan((long) (DriverRoom.COMFORTABLE * gigabytes * GIGABYTE));
      assertThat(estimate.results().received())
          .as("%d GB", gigabytes)
          .isEqualTo(sums.get(gigabytes) * vector);
    }
  }

  @Test
  void checkpointsAndModelsThatAreKeptNeedRoom() throws IOException {
    TrainingPlan plan = plan("network=lenet5");
    long vector = 4L * plan.setup().network().layout().length();

    // A checkpoint has parameters and momentum; a third is written before the first goes.
    assertThat(OutputCheck.bytesLeft(plan)).isEqualTo((1 + 3 * 2) * vector);
    assertThat(OutputCheck.bytesLeft(plan("network=lenet5", "checkpoint.keep=0")))
        .isEqualTo(vector);
    assertThat(OutputCheck.bytesLeft(plan("network=lenet5", "optimizer=adam")))
        .isEqualTo((1 + 3 * 3) * vector);
  }

  @Test
  void anEpochTakesAsLongWithLocalSteps() throws IOException {
    ClusterShape cluster = cluster(GIGABYTE);

    // Each of the eight threads computes one shard, for a second, in each of four batches.
    String synchronous = StepEstimate.describe(plan("network=lenet5").setup(), cluster, 1);
    String local =
        StepEstimate.describe(plan("network=lenet5", "localSteps={steps=4}").setup(), cluster, 1);

    assertThat(synchronous).startsWith("about 1.0 s of computing a batch with 4 tasks, 4.0 s an");
    assertThat(local).isEqualTo(synchronous);
  }

  /** Two executors of four cores, tasks of two. */
  private static ClusterShape cluster(long driverHeap) {
    return new ClusterShape(
        false,
        driverHeap,
        Long.MAX_VALUE,
        8 * GIGABYTE,
        OptionalInt.of(2),
        4,
        2,
        OptionalInt.empty(),
        4 * GIGABYTE);
  }

  private TrainingPlan plan(String... words) throws IOException {
    Storage storage = new Storage(new Configuration());
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.train={type=idx, images=\"%s\", labels=\"%s\"}"
                    .formatted(SampleCut.images(directory, 100), SampleCut.labels(directory, 100)),
                "data.resize={size=28}",
                "batchSize=25"));
    all.addAll(List.of(words));
    return TrainingPlan.of(
        JobOptions.read(Recipe.load(storage, all), JobKind.TRAIN),
        storage,
        new LogView(line -> {}));
  }
}
