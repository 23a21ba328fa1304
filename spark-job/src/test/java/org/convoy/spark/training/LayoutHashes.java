package org.convoy.spark.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.augment.Axis;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.RandomCrop;
import org.convoy.augment.RandomFlip;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Add;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.LocalResponseNorm;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Prelu;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Silu;
import org.convoy.nn.layer.Tanh;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.spark.input.GivenClasses;
import org.convoy.spark.input.IdxSource;
import org.convoy.spark.input.ImagePacker;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.input.PackingOptions;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.tensor.Shape;
import org.convoy.train.LocalTrainer;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingSetup;

/**
 * Trains LeNet-5 on the same images over many layouts and prints a line for each: {@code HASH
 * backend, layout, partitions: hash of the parameters}. A main, so that a test can run it in JVMs
 * with other vector widths or none.
 */
public final class LayoutHashes {
  static final int[] PARTITIONS = {1, 3, 8, 17};
  private static final int EPOCHS = 2;

  private final Path images;
  private final Path labels;

  LayoutHashes(Path images, Path labels) {
    this.images = images;
    this.labels = labels;
  }

  /** Arguments: the images' file, the labels' file, thread counts of local layouts. */
  public static void main(String[] arguments) throws IOException {
    LayoutHashes hashes = new LayoutHashes(Path.of(arguments[0]), Path.of(arguments[1]));
    for (int i = 2; i < arguments.length; i++) {
      try (SparkLayout layout = SparkLayouts.local(Integer.parseInt(arguments[i]))) {
        hashes.of(layout).forEach(System.out::println);
      }
    }
  }

  /** Trains over all numbers of input partitions, with tasks that fail now and then. */
  List<String> of(SparkLayout layout) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int partitions : PARTITIONS) {
      String hash = train(layout.context(), partitions);
      lines.add(
          String.format(
              "HASH %s, %s, %d partitions: %s",
              Backends.best().name(), layout.name(), partitions, hash));
    }
    return lines;
  }

  /** The hash that the single-JVM trainer gives on the chunks of one layout. */
  String local(SparkLayout layout) throws IOException {
    try (PackedImages packed = pack(layout.context(), 2)) {
      TrainingSetup setup = setup(packed);
      List<Chunk> chunks = packed.chunks().collect();
      return SmallRun.hash(
          new LocalTrainer(setup, chunks, Backends.best())
              .train(setup.network().initialize(3), options(), List.of(), TrainingListener.NONE)
              .parameters()
              .values());
    }
  }

  private String train(JavaSparkContext spark, int partitions) throws IOException {
    try (PackedImages packed = pack(spark, partitions)) {
      JavaRDD<Chunk> flaky =
          packed
              .chunks()
              .mapPartitionsWithIndex(new DataParallelTrainerTest.FailNowAndThen(), true);
      return train(spark, packed, flaky, setup -> new DriverAggregation(), TrainingListener.NONE);
    }
  }

  /**
   * Trains on packed images.
   *
   * @param chunks those of the images, perhaps with something done to whoever reads them
   */
  static String train(
      JavaSparkContext spark,
      PackedImages packed,
      JavaRDD<Chunk> chunks,
      Function<TrainingSetup, Aggregation> aggregation,
      TrainingListener listener) {
    TrainingSetup setup = setup(packed);
    return SmallRun.hash(
        new DataParallelTrainer(spark, setup, chunks, aggregation.apply(setup))
            .train(setup.network().initialize(3), options(), Optional.empty(), listener)
            .parameters()
            .values());
  }

  PackedImages pack(JavaSparkContext spark, int partitions) throws IOException {
    ImageSet set =
        new IdxSource(images.toString(), labels.toString(), GivenClasses.NONE)
            .open(new Storage(spark.hadoopConfiguration()));
    Shape shape = Shape.of(1, 28, 28);
    return ImagePacker.pack(
        spark,
        set,
        ImagePreparation.exact(shape, 1 << 20),
        new PackingOptions(11, 8, 13, 0, partitions));
  }

  private static TrainingSetup setup(PackedImages packed) {
    PixelPipeline pipeline =
        new PixelPipeline(
            List.of(
                new RandomCrop(ImageSize.square(28), 2, Border.ZERO),
                new RandomFlip(0.5, Axis.HORIZONTAL)),
            new Normalization(List.of(0.286), List.of(0.353)));
    Network network = network(packed.summary().imageShape());
    return new TrainingSetup(
        network,
        new CrossEntropy(0),
        pipeline,
        packed.summary().dealing(),
        packed.summary().imageShape(),
        10,
        60);
  }

  /**
   * A layer of every kind that could depend on the layout: batch statistics, chance, branches that
   * meet again, a second output.
   */
  private static Network network(Shape input) {
    return Network.builder(input)
        .add("conv1", Conv2d.of(6, 5).stride(2).padding(2).withoutBias())
        .add("bn1", new BatchNorm2d())
        .add("relu1", new Relu())
        .add("norm1", new LocalResponseNorm(5, 1e-2f, 0.75f, 1))
        .add("side.pool", new GlobalAvgPool())
        .add("side.flatten", new Flatten())
        .add("side.fc", Linear.of(10))
        .auxiliary(0.3)
        .from("norm1")
        .add("pool1", MaxPool2d.of(2))
        .add("conv2", Conv2d.of(6, 3).padding(1).groups(2))
        .add("bn2", new BatchNorm2d())
        .add("sum", new Add(), "bn2", "pool1")
        .add("relu2", Prelu.of(6))
        .add("conv3", Conv2d.of(4, 1), "pool1")
        .add("silu3", new Silu())
        .add("both", new Concat(), "relu2", "silu3")
        .add("flatten", new Flatten())
        .add("fc1", Linear.of(40))
        .add("tanh1", new Tanh())
        .add("drop1", new Dropout(0.3f))
        .add("fc2", Linear.of(10))
        .build();
  }

  private static TrainingOptions options() {
    return SmallRun.options(EPOCHS);
  }
}
