package org.convoy.spark.bench;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.ConstantRate;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.spark.input.PackingOptions;
import org.convoy.spark.plan.Strategy;
import org.convoy.spark.training.Aggregation;
import org.convoy.spark.training.DataParallelTrainer;
import org.convoy.spark.training.DriverAggregation;
import org.convoy.spark.training.SlicedAggregation;
import org.convoy.spark.training.TreeAggregation;
import org.convoy.tensor.Shape;
import org.convoy.train.LocalTrainer;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingSetup;

/**
 * A network trained on random images by stochastic gradient descent with momentum 0.9, on Spark and
 * in this JVM.
 */
final class TrainingCase {
  private static final int LEAST_STEPS = 8;
  private static final int CLASSES = 10;
  private static final int LEAST_IMAGES = 2048;
  private static final int LARGE_IMAGE = 1 << 14;
  private static final double LEARNING_RATE = 1e-3;

  private final TrainingSetup setup;
  private final RandomChunks random;

  /**
   * @param batch images of a step
   */
  TrainingCase(Network network, int batch, int shards) {
    Shape image = network.inputShape();
    int classes = network.outputShape().elementCount();
    int images =
        image.elementCount() > LARGE_IMAGE
            ? LEAST_STEPS * batch
            : Math.max(LEAST_STEPS * batch, LEAST_IMAGES);
    int capacity =
        Math.min(PackingOptions.chunkCapacity(image), Math.max(1, (images + shards - 1) / shards));
    ShardDealing dealing = new ShardDealing(1, images, shards, capacity);
    PixelPipeline pipeline = new PixelPipeline(List.of(), normalization(image));
    this.setup =
        new TrainingSetup(network, new CrossEntropy(0), pipeline, dealing, image, classes, batch);
    this.random = new RandomChunks(dealing, image, classes);
  }

  /** One linear layer of about so many parameters, an image for each shard: all but compute. */
  static TrainingCase ofParameters(int count, int shards) {
    Network network =
        Network.builder(Shape.of(1, 1, Math.max(1, count / CLASSES - 1)))
            .add("flatten", new Flatten())
            .add("fc", Linear.of(CLASSES))
            .build();
    return new TrainingCase(network, shards, shards);
  }

  private static Normalization normalization(Shape image) {
    int channels = image.size(0);
    return new Normalization(
        java.util.Collections.nCopies(channels, 0.5), java.util.Collections.nCopies(channels, 0.3));
  }

  TrainingSetup setup() {
    return setup;
  }

  /** Data that lies ready, and how to train on it. */
  interface Place {
    /** Runs that many epochs. */
    StepLog train(int epochs);

    /** Trains for about so many seconds, at least one epoch; tells of the last epochs. */
    default StepLog trainFor(double seconds) {
      long start = System.nanoTime();
      StepLog log = train(1);
      double once = (System.nanoTime() - start) * 1e-9;
      int epochs = (int) Math.min(100_000, (seconds - once) / once);
      return epochs < 1 ? log : train(epochs);
    }
  }

  /**
   * @param sums how they travel
   */
  Place on(JavaSparkContext spark, Strategy sums) {
    JavaRDD<Chunk> chunks = random.on(spark);
    DataParallelTrainer trainer = new DataParallelTrainer(spark, setup, chunks, aggregation(sums));
    return epochs -> {
      StepLog log = new StepLog();
      trainer.train(setup.network().initialize(1), options(epochs), Optional.empty(), log);
      return log;
    };
  }

  private Aggregation aggregation(Strategy sums) {
    int shards = setup.dealing().shards();
    return switch (sums) {
      case DRIVER -> new DriverAggregation();
      case TREE -> new TreeAggregation(shards);
      case SLICED ->
          new SlicedAggregation(shards, setup.network().layout().length(), setup.gradientFormat());
    };
  }

  Place inThisJvm(int threads) {
    LocalTrainer trainer = new LocalTrainer(setup, random.here(), Backends.best(), threads);
    return epochs -> {
      StepLog log = new StepLog();
      trainer.train(setup.network().initialize(1), options(epochs), List.of(), log);
      return log;
    };
  }

  private static TrainingOptions options(int epochs) {
    return new TrainingOptions(
        epochs,
        Sgd.withMomentum(0.9),
        new ConstantRate(LEARNING_RATE, Warmup.NONE),
        new GradientClipping(Double.POSITIVE_INFINITY),
        0);
  }
}
