package org.convoy.spark.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.convoy.data.Chunk;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.testing.Await;
import org.convoy.spark.testing.SampleCut;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingSetup;

/** The run of {@link LayoutHashes}, disturbed in the one way or the other, and what it counted. */
final class FaultyRun {
  private static final int IMAGES = 421;
  private static final int PARTITIONS = 3;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Sums straight to the driver. */
  static final Function<TrainingSetup, Aggregation> DRIVER = setup -> new DriverAggregation();

  /** Sums through a shuffle, whose files go with an executor. */
  static final Function<TrainingSetup, Aggregation> SLICED =
      setup ->
          new SlicedAggregation(
              setup.dealing().shards(), setup.network().layout().length(), setup.gradientFormat());

  private final LayoutHashes hashes;

  /**
   * @param hash of the parameters
   */
  record Outcome(String hash, Faults faults) {}

  FaultyRun(Path directory) throws IOException {
    hashes =
        new LayoutHashes(SampleCut.images(directory, IMAGES), SampleCut.labels(directory, IMAGES));
  }

  Outcome undisturbed(JavaSparkContext spark) throws IOException {
    return run(spark, null, DRIVER, TrainingListener.NONE, faults -> true);
  }

  /** Tasks fail as chance has it. */
  Outcome failingTasks(JavaSparkContext spark) throws IOException {
    return run(
        spark,
        new DataParallelTrainerTest.FailNowAndThen(),
        DRIVER,
        TrainingListener.NONE,
        faults -> faults.failedTasks() > 0 && faults.disturbedJobs() > 0);
  }

  /** A task steps into a trap, and whoever set it does harm to its process. */
  Outcome trapped(JavaSparkContext spark, Trap trap, Predicate<Faults> expected)
      throws IOException {
    return trapped(spark, trap, DRIVER, expected);
  }

  /** The same with sums that travel in some way. */
  Outcome trapped(
      JavaSparkContext spark,
      Trap trap,
      Function<TrainingSetup, Aggregation> aggregation,
      Predicate<Faults> expected)
      throws IOException {
    Outcome outcome = run(spark, trap.bait(), aggregation, trap, expected);
    trap.check();
    return outcome;
  }

  /** Something happens between two steps. */
  Outcome after(int steps, Runnable event, JavaSparkContext spark, Predicate<Faults> expected)
      throws IOException {
    TrainingListener listener =
        new TrainingListener() {
          private int done;

          @Override
          public void stepFinished(
              Step step, double loss, long examples, double learningRate, StepTiming timing) {
            if (++done == steps) {
              event.run();
            }
          }
        };
    return run(spark, null, DRIVER, listener, expected);
  }

  private Outcome run(
      JavaSparkContext spark,
      Function2<Integer, Iterator<Chunk>, Iterator<Chunk>> reading,
      Function<TrainingSetup, Aggregation> aggregation,
      TrainingListener listener,
      Predicate<Faults> expected)
      throws IOException {
    try (FaultWatch watch = new FaultWatch(spark);
        PackedImages packed = hashes.pack(spark, PARTITIONS)) {
      JavaRDD<Chunk> chunks =
          reading == null
              ? packed.chunks()
              : packed.chunks().mapPartitionsWithIndex(reading, /* preservesPartitioning= */ true);
      String hash = LayoutHashes.train(spark, packed, chunks, aggregation, listener);
      // Spark tells its listeners a moment later.
      Await.until(
          LIMIT, () -> expected.test(watch.faults()), () -> "counted only: " + watch.faults());
      return new Outcome(hash, watch.faults());
    }
  }

  /** Removes all cached blocks from all executors behind the driver's back, and counts them. */
  static int loseCachedBlocks(JavaSparkContext spark) {
    List<RDDBlockId> cached = new ArrayList<>();
    spark
        .getPersistentRDDs()
        .forEach(
            (id, rdd) ->
                IntStream.range(0, rdd.getNumPartitions())
                    .forEach(partition -> cached.add(new RDDBlockId(id, partition))));
    List<Integer> tasks = IntStream.range(0, 4 * spark.defaultParallelism()).boxed().toList();
    return spark.parallelize(tasks, tasks.size()).map(new LoseBlocks(cached)).collect().stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static final class LoseBlocks
      implements org.apache.spark.api.java.function.Function<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<RDDBlockId> cached;

    LoseBlocks(List<RDDBlockId> cached) {
      this.cached = new ArrayList<>(cached);
    }

    @Override
    public Integer call(Integer ignored) throws InterruptedException {
      // Long enough for every executor to get a share.
      Thread.sleep(50);
      BlockManager blocks = SparkEnv.get().blockManager();
      int lost = 0;
      for (RDDBlockId block : cached) {
        if (blocks.getStatus(block).isDefined()) {
          blocks.removeBlock(block, /* tellMaster= */ false);
          lost++;
        }
      }
      return lost;
    }
  }
}
