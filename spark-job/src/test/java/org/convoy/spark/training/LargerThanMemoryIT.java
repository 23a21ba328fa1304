package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.RDDInfo;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.data.EpochOrder;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.spark.input.GivenClasses;
import org.convoy.spark.input.IdxSource;
import org.convoy.spark.input.ImagePacker;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.input.PackingOptions;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.Await;
import org.convoy.spark.testing.SampleCut;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.StandaloneCluster;
import org.convoy.spark.testing.StandaloneCluster.Executors;
import org.convoy.train.Step;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images that take four times the memory that Spark has for them: chunks lie on disk, steps read
 * those that they need and no others, and the parameters are those of a run with room for all.
 */
class LargerThanMemoryIT {
  private static final int SHARDS = 8;
  private static final int CHUNK = 32;
  private static final int EPOCHS = 2;

  @TempDir private Path directory;

  /**
   * @param recordsRead chunks that the steps' tasks read
   * @param expectedReads chunks that the steps visit
   * @param bytesOnDisk of chunks
   */
  private record Outcome(
      String hash,
      long recordsRead,
      long expectedReads,
      long bytesOnDisk,
      double imagesPerSecond) {}

  @Test
  void chunksThatDoNotFitAreReadFromDisk() throws IOException {
    int side = 112;
    Outcome roomy;
    try (SparkLayout layout = SparkLayouts.local(2)) {
      roomy = train(layout.context(), 640, side);
    }
    assertThat(roomy.bytesOnDisk()).isZero();

    long data = 640L * side * side;
    // Spark's own switches for tests: the heap it believes to have, and what it keeps of that.
    Map<String, String> tight =
        Map.of(
            "spark.testing.memory", Long.toString(data / 4),
            "spark.testing.reservedMemory", "0",
            "spark.memory.fraction", "0.999");
    try (SparkLayout layout = SparkLayouts.local(2, tight)) {
      Outcome spilled = train(layout.context(), 640, side);

      assertThat(spilled.hash()).isEqualTo(roomy.hash());
      assertThat(spilled.bytesOnDisk()).isGreaterThan(data / 2);
      assertThat(spilled.recordsRead()).isEqualTo(spilled.expectedReads());
    }
  }

  @Test
  @Tag("long")
  void executorsKeepAQuarterOfTheImagesInMemory() throws IOException {
    // Spark gives chunks (450 MB - 300 MB) * 0.6 of each heap: 180 MB of two executors.
    Executors small = new Executors(2, 1, 450, true, List.of());
    int images = 10_000;
    int side = 268;
    long data = (long) images * side * side;
    Path workers = Files.createDirectory(directory.resolve("cluster"));
    Outcome spilled;
    try (StandaloneCluster cluster = StandaloneCluster.start(workers, small);
        SparkLayout layout = SparkLayouts.on(cluster)) {
      spilled = train(layout.context(), images, side);
    }
    Outcome local;
    try (SparkLayout layout = SparkLayouts.local(2)) {
      local = train(layout.context(), images, side);
    }

    System.out.printf(
        "%,d MB of pixels: %.0f images/s with %,d MB of them on disks of two executors,"
            + " %.0f in one JVM%n",
        data >> 20,
        spilled.imagesPerSecond(),
        spilled.bytesOnDisk() >> 20,
        local.imagesPerSecond());
    assertThat(spilled.bytesOnDisk()).isGreaterThan(data / 2);
    assertThat(spilled.hash()).isEqualTo(local.hash());
    assertThat(spilled.recordsRead()).isEqualTo(spilled.expectedReads());
  }

  private Outcome train(JavaSparkContext spark, int images, int side) throws IOException {
    ImageSet set =
        new IdxSource(
                SampleCut.images(directory, images).toString(),
                SampleCut.labels(directory, images).toString(),
                GivenClasses.NONE)
            .open(new Storage(spark.hadoopConfiguration()));
    ImageResizer resizer = new ImageResizer(ImageSize.square(side), ImageResizer.Fit.STRETCH);
    ImagePreparation preparation = ImagePreparation.of(set, 1, Optional.of(resizer), 1 << 20);
    try (PackedImages packed =
        ImagePacker.pack(spark, set, preparation, new PackingOptions(5, SHARDS, CHUNK, 0, 4))) {
      TrainingSetup setup = setup(packed);
      CountReads reads = new CountReads();
      spark.sc().addSparkListener(reads);
      TrainingResult result =
          new DataParallelTrainer(spark, setup, packed.chunks(), new DriverAggregation())
              .train(
                  setup.network().initialize(3),
                  SmallRun.options(EPOCHS),
                  Optional.empty(),
                  TrainingListener.NONE);
      long expected = visits(setup);
      Await.until(
          Duration.ofMinutes(1),
          () -> reads.records.get() >= expected,
          () -> "read " + reads.records + " chunks, expected " + expected);
      spark.sc().removeSparkListener(reads);
      return new Outcome(
          SmallRun.hash(result.parameters().values()),
          reads.records.get(),
          expected,
          Arrays.stream(spark.sc().getRDDStorageInfo()).mapToLong(RDDInfo::diskSize).sum(),
          result.images() / result.seconds());
    }
  }

  private static TrainingSetup setup(PackedImages packed) {
    Network network =
        Network.builder(packed.summary().imageShape())
            .add("conv1", Conv2d.of(8, 7).stride(4))
            .add("relu1", new Relu())
            .add("conv2", Conv2d.of(8, 3).stride(2))
            .add("relu2", new Relu())
            .add("pool", new GlobalAvgPool())
            .add("flatten", new Flatten())
            .add("fc", Linear.of(10))
            .build();
    return new TrainingSetup(
        network,
        new CrossEntropy(0),
        new PixelPipeline(List.of(), new Normalization(List.of(0.286), List.of(0.353))),
        packed.summary().dealing(),
        packed.summary().imageShape(),
        10,
        128);
  }

  /** Chunks that all steps visit, each as often as there are steps that do. */
  private static long visits(TrainingSetup setup) {
    long visits = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      EpochOrder order = setup.order(epoch);
      for (int index = 0; index < setup.stepsPerEpoch(0); index++) {
        Step step = setup.step(epoch, index);
        Set<Integer> visited = new HashSet<>();
        for (int s = 0; s < SHARDS; s++) {
          int shard = s;
          order.visit(
              shard,
              step.from(),
              step.to(),
              (chunk, slot, turn) -> visited.add(setup.dealing().chunkNumber(shard, chunk)));
        }
        visits += visited.size();
      }
    }
    return visits;
  }

  private static final class CountReads extends SparkListener {
    private final AtomicLong records = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      records.addAndGet(task.taskMetrics().inputMetrics().recordsRead());
    }
  }
}
