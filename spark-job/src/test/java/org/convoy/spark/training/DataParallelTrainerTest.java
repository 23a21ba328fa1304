package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.convoy.augment.Views;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.optim.Adam;
import org.convoy.optim.ConstantRate;
import org.convoy.optim.Ema;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Lookahead;
import org.convoy.optim.Muon;
import org.convoy.optim.Optimizer;
import org.convoy.optim.ParameterGroup;
import org.convoy.optim.ParameterGroups;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.optim.WeightAveraging;
import org.convoy.random.RandomKey;
import org.convoy.spark.testing.SparkTest;
import org.convoy.train.GradientSource;
import org.convoy.train.GradientSum;
import org.convoy.train.LocalTrainer;
import org.convoy.train.PatchMoments;
import org.convoy.train.Scores;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingDivergedException;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.convoy.train.Whitening;
import org.junit.jupiter.api.Test;

@SparkTest
class DataParallelTrainerTest {

  @Test
  void theDistributedGradientIsTheLocalOneBitForBit(JavaSparkContext spark) {
    for (int batchSize : new int[] {1, 3, 32, 1000}) {
      TrainingSetup setup = SmallRun.setup(batchSize, 8);
      Parameters parameters = SmallRun.initial();
      GradientSource local =
          new LocalTrainer(setup, SmallRun.chunks(setup.dealing()), Backends.best()).gradients();
      try (ClusterGradients cluster = cluster(spark, setup)) {
        for (int index = 0; index < Math.min(3, setup.stepsPerEpoch(0)); index++) {
          Step step = setup.step(2, index);
          Optional<GradientSum> expected = local.compute(step, parameters).sum();
          Optional<GradientSum> actual = cluster.compute(step, parameters).sum();

          assertThat(actual.isPresent()).isEqualTo(expected.isPresent());
          if (expected.isPresent()) {
            assertThat(actual.get().gradient()).containsExactly(expected.get().gradient());
            assertThat(actual.get().loss()).isEqualTo(expected.get().loss());
            assertThat(actual.get().examples()).isEqualTo(expected.get().examples());
            assertThat(actual.get().correct()).isEqualTo(expected.get().correct());
          }
        }
      }
    }
  }

  @Test
  void aWholeRunGivesTheBytesOfTheLocalTrainer(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(32, 8);
    List<Chunk> chunks = SmallRun.chunks(setup.dealing());
    TrainingResult local =
        new LocalTrainer(setup, chunks, Backends.best())
            .train(SmallRun.initial(), SmallRun.options(3), chunks, TrainingListener.NONE);

    TrainingResult cluster = train(spark, setup, SmallRun.rdd(spark, setup.dealing()), 3);

    assertThat(SmallRun.hash(cluster.parameters().values()))
        .isEqualTo(SmallRun.hash(local.parameters().values()));
    Scores expected = local.last().scores().orElseThrow();
    Scores actual = cluster.last().scores().orElseThrow();
    assertThat(actual).isEqualTo(expected);
    assertThat(cluster.last().trainLoss()).isEqualTo(local.last().trainLoss());
  }

  @Test
  void frozenNodesAdaptiveStepsAndAveragesGiveTheBytesOfTheLocalTrainer(JavaSparkContext spark) {
    assertSameBytes(spark, "conv1", new Adam(), new Lookahead(4, 0.5, 0));
    assertSameBytes(spark, "fc1", new Muon(), new Ema(0.9, 3, Ema.Start.BIAS_CORRECTED));
  }

  private static void assertSameBytes(
      JavaSparkContext spark, String frozen, Optimizer optimizer, WeightAveraging averaging) {
    ParameterGroup group = new ParameterGroup(List.of("*.bias"), 0.5, Optional.of(0.01), false);
    TrainingSetup setup =
        SmallRun.setup(32, 8).with(ParameterGroups.of(group).withFrozen(List.of(frozen + ".*")));
    TrainingOptions options =
        new TrainingOptions(
            2,
            optimizer,
            new ConstantRate(0.02, Warmup.NONE),
            new GradientClipping(5),
            0,
            Optional.of(averaging));
    Parameters local =
        new LocalTrainer(setup, SmallRun.chunks(setup.dealing()), Backends.best())
            .train(SmallRun.initial(), options, List.of(), TrainingListener.NONE)
            .parameters();

    JavaRDD<Chunk> chunks = SmallRun.rdd(spark, setup.dealing());
    Parameters cluster =
        new DataParallelTrainer(spark, setup, chunks, new DriverAggregation())
            .train(SmallRun.initial(), options, Optional.empty(), TrainingListener.NONE)
            .parameters();

    assertThat(SmallRun.hash(cluster.values())).isEqualTo(SmallRun.hash(local.values()));
    for (ParameterLayout.Slice slice : local.layout().parameters()) {
      boolean same =
          Arrays.equals(
              local.get(slice.name()).toArray(), SmallRun.initial().get(slice.name()).toArray());
      assertThat(same).as(slice.name()).isEqualTo(slice.node().equals(frozen));
    }
  }

  @Test
  void whiteningFiltersHaveTheirBitsOnAnyLayout(JavaSparkContext spark) {
    Whitening whitening = new Whitening("conv1", 120, 1e-3);
    TrainingSetup setup = SmallRun.setup(32, 4);
    List<PatchMoments> parts =
        SmallRun.chunks(setup.dealing()).stream()
            .limit(4L * whitening.chunksPerShard(setup.dealing()))
            .map(chunk -> whitening.momentsOf(chunk, setup))
            .toList();
    Parameters local = SmallRun.initial();
    whitening.apply(parts, setup.network(), local);

    JavaRDD<Chunk> chunks = SmallRun.rdd(spark, setup.dealing());
    Parameters cluster = SmallRun.initial();
    new ClusterWhitening(spark, chunks, setup).apply(whitening, cluster);

    assertThat(SmallRun.hash(cluster.values())).isEqualTo(SmallRun.hash(local.values()));
    assertThat(cluster.get("conv1.weight").toArray())
        .isNotEqualTo(SmallRun.initial().get("conv1.weight").toArray());
    // 2 % of the images are missing.
    assertThat(parts.stream().mapToLong(PatchMoments::images).sum()).isBetween(116L, 120L);
  }

  @Test
  void itLearns(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(16, 4);

    TrainingResult result = train(spark, setup, SmallRun.rdd(spark, setup.dealing()), 15);

    assertThat(result.last().scores().orElseThrow().accuracy()).isGreaterThan(0.9);
    assertThat(result.last().trainLoss()).isLessThan(result.epochs().get(0).trainLoss());
  }

  @Test
  void everyImageIsSeenOnceAnEpochAndEmptySlotsAreNot(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(50, 8);
    long decodable = SmallRun.chunks(setup.dealing()).stream().mapToLong(Chunk::size).sum();

    TrainingResult result = train(spark, setup, SmallRun.rdd(spark, setup.dealing()), 2);

    assertThat(decodable).isEqualTo(SmallRun.IMAGES - 4);
    assertThat(result.images()).isEqualTo(2 * decodable);
    assertThat(result.steps()).isEqualTo(2 * 5);
  }

  @Test
  void aTaskThatFailsAtRandomChangesNothing(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(32, 8);
    JavaRDD<Chunk> sound = SmallRun.rdd(spark, setup.dealing());
    JavaRDD<Chunk> flaky = sound.mapPartitionsWithIndex(new FailNowAndThen(), true);

    TrainingResult undisturbed = train(spark, setup, sound, 2);
    TrainingResult disturbed = train(spark, setup, flaky, 2);

    assertThat(SmallRun.hash(disturbed.parameters().values()))
        .isEqualTo(SmallRun.hash(undisturbed.parameters().values()));
  }

  @Test
  void moreCoresThanShardsAreFine(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(10, 1);
    assertThat(train(spark, setup, SmallRun.rdd(spark, setup.dealing()), 1).steps()).isEqualTo(21);
  }

  @Test
  void divergenceStopsTheRunAndSaysWhere(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(32, 8);
    TrainingOptions wild =
        new TrainingOptions(
            5,
            new Sgd(0.9, 0, 0, false),
            new ConstantRate(1e30, Warmup.NONE),
            new GradientClipping(Double.POSITIVE_INFINITY),
            0);
    DataParallelTrainer trainer =
        new DataParallelTrainer(
            spark, setup, SmallRun.rdd(spark, setup.dealing()), new DriverAggregation());

    assertThatThrownBy(
            () -> trainer.train(SmallRun.initial(), wild, Optional.empty(), TrainingListener.NONE))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("training diverged at step ")
        .hasMessageContaining("of epoch 1")
        .hasMessageMatching(".* \\[shard \\d: .* for the images with the ids \\d+, .*\\].*")
        .hasMessageContaining("try a lower learning rate");
  }

  @Test
  void aStepTouchesOnlyTheChunksItNeeds(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(8, 4);
    JavaRDD<Chunk> counted =
        SmallRun.rdd(spark, setup.dealing()).mapPartitionsWithIndex(new CountReads(), true);
    CountReads.READ.clear();

    try (ClusterGradients gradients =
        new ClusterGradients(spark, setup, counted, new DriverAggregation())) {
      gradients.compute(setup.step(0, 0), SmallRun.initial());
    }

    Set<Integer> shards = new HashSet<>();
    CountReads.READ.forEach(number -> shards.add(number % 4));
    assertThat(CountReads.READ).hasSize(4);
    assertThat(shards).hasSize(4);
  }

  @Test
  void partitionsThatAreNotChunksAreRefused(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(8, 4);
    JavaRDD<Chunk> merged = SmallRun.rdd(spark, setup.dealing()).coalesce(3);
    assertThatThrownBy(() -> new ClusterGradients(spark, setup, merged, new DriverAggregation()))
        .hasMessage("expected a partition for each of 20 chunks, got 3 partitions");
  }

  @Test
  void timingsAddUpToTheStep(JavaSparkContext spark) {
    TrainingSetup setup = SmallRun.setup(32, 8);
    List<StepTiming> timings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepFinished(
              Step step, double loss, long examples, double learningRate, StepTiming timing) {
            timings.add(timing);
          }
        };
    long start = System.nanoTime();
    new DataParallelTrainer(
            spark, setup, SmallRun.rdd(spark, setup.dealing()), new DriverAggregation())
        .train(SmallRun.initial(), SmallRun.options(1), Optional.empty(), listener);
    long wall = System.nanoTime() - start;

    assertThat(timings).hasSize(7);
    assertThat(timings.stream().mapToLong(StepTiming::total).sum()).isPositive().isLessThan(wall);
    assertThat(timings)
        .allSatisfy(
            timing -> {
              assertThat(timing.compute()).isPositive();
              assertThat(timing.serialization()).as("handed over by reference").isZero();
              assertThat(timing.update()).isPositive();
            });
  }

  private static ClusterGradients cluster(JavaSparkContext spark, TrainingSetup setup) {
    return new ClusterGradients(
        spark, setup, SmallRun.rdd(spark, setup.dealing()), new DriverAggregation());
  }

  static TrainingResult train(
      JavaSparkContext spark, TrainingSetup setup, JavaRDD<Chunk> chunks, int epochs) {
    ClusterEvaluator.Judge judge =
        new ClusterEvaluator.Judge(
            setup.network(),
            setup.loss(),
            setup.pipeline(),
            Views.SINGLE,
            setup.objective(),
            setup.classCount(),
            Math.min(5, setup.classCount()),
            64);
    try (ClusterEvaluator test = new ClusterEvaluator(spark, chunks, judge)) {
      return new DataParallelTrainer(spark, setup, chunks, new DriverAggregation())
          .train(
              SmallRun.initial(),
              SmallRun.options(epochs),
              Optional.of(test),
              TrainingListener.NONE);
    }
  }

  /** Fails about one first attempt in ten, as a pure function of stage and partition. */
  static final class FailNowAndThen
      implements Function2<Integer, Iterator<Chunk>, Iterator<Chunk>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Chunk> call(Integer partition, Iterator<Chunk> chunks) {
      TaskContext task = TaskContext.get();
      RandomKey key = RandomKey.ofSeed(task.stageId()).with(partition);
      if (task.attemptNumber() == 0 && key.below(0, 10) == 0) {
        throw new IllegalStateException("made to fail: stage " + task.stageId());
      }
      return chunks;
    }
  }

  /** Notes which partitions are read; local mode only. */
  static final class CountReads implements Function2<Integer, Iterator<Chunk>, Iterator<Chunk>> {
    private static final long serialVersionUID = 1L;
    static final Set<Integer> READ = java.util.concurrent.ConcurrentHashMap.newKeySet();

    @Override
    public Iterator<Chunk> call(Integer partition, Iterator<Chunk> chunks) {
      READ.add(partition);
      return chunks;
    }
  }
}
