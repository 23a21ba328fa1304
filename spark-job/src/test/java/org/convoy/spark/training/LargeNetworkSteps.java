package org.convoy.spark.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.model.Models;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.Sgd;
import org.convoy.random.KeyedPermutation;
import org.convoy.random.RandomKey;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.StandaloneCluster;
import org.convoy.tensor.Shape;
import org.convoy.train.GradientFormat;
import org.convoy.train.GradientSource;
import org.convoy.train.GradientSum;
import org.convoy.train.LocalTrainer;
import org.convoy.train.Step;
import org.convoy.train.TrainingSetup;

/**
 * Steps of a network for ImageNet on two executors, each with images of its own. A main, so that
 * the driver's heap can be limited. Prints {@code STEP number: loss, seconds, of which compute,
 * vectors held} and {@code HASH kind: hash of the parameters}.
 */
public final class LargeNetworkSteps {
  private static final int IMAGES = 8;
  private static final int STEPS = 2;
  private static final int SHARDS = 2;
  private static final float RATE = 0.001f;
  private static final Shape IMAGE = Shape.of(3, 224, 224);

  private final TrainingSetup setup;
  private final Sgd optimizer = new Sgd(0.9, 0, 0, false);
  private Parameters parameters;
  private OptimizerState state;

  private LargeNetworkSteps(String model, GradientFormat format) {
    Network network = Models.choose(model, "").build(IMAGE, 1000);
    this.setup =
        new TrainingSetup(
                network,
                new CrossEntropy(),
                new PixelPipeline(List.of(), new Normalization(List.of(0.5), List.of(0.25))),
                new ShardDealing(3, IMAGES, SHARDS, IMAGES / SHARDS / STEPS),
                IMAGE,
                1000,
                IMAGES / STEPS)
            .with(format);
  }

  /** Arguments: model, format, megabytes of an executor, directory, strategies or "local". */
  public static void main(String[] arguments) {
    GradientFormat format = GradientFormat.valueOf(arguments[1]);
    LargeNetworkSteps steps = new LargeNetworkSteps(arguments[0], format);
    StandaloneCluster.Executors executors =
        new StandaloneCluster.Executors(2, 1, Integer.parseInt(arguments[2]), true, List.of());
    Map<String, String> settings = Map.of("spark.driver.maxResultSize", "0");
    try (StandaloneCluster cluster = StandaloneCluster.start(Path.of(arguments[3]), executors);
        SparkLayout layout = SparkLayouts.on(cluster, settings)) {
      for (String strategy : List.of(arguments).subList(4, arguments.length)) {
        if (strategy.equals("local")) {
          steps.run(
              strategy, new LocalTrainer(steps.setup, steps.chunks(), Backends.best()).gradients());
        } else {
          steps.run(layout, strategy);
        }
      }
    }
  }

  private void run(SparkLayout layout, String strategy) {
    int length = setup.network().layout().length();
    Aggregation aggregation =
        strategy.equals("driver")
            ? new DriverAggregation()
            : new SlicedAggregation(SHARDS, length, setup.gradientFormat());
    JavaRDD<Chunk> chunks =
        layout
            .context()
            .parallelize(chunks(), setup.dealing().chunkCount())
            .persist(StorageLevel.DISK_ONLY());
    try (ClusterGradients gradients =
        new ClusterGradients(layout.context(), setup, chunks, aggregation)) {
      run(strategy, gradients);
    }
  }

  private void run(String name, GradientSource gradients) {
    parameters = setup.network().initialize(1);
    state = optimizer.newState(parameters.layout());
    for (int index = 0; index < STEPS; index++) {
      step(name, gradients, setup.step(0, index));
    }
    System.out.println("HASH " + name + ": " + SmallRun.hash(parameters.values()));
    parameters = null;
    state = null;
  }

  /** Lets go of the gradient when it returns. */
  private void step(String name, GradientSource gradients, Step step) {
    long start = System.nanoTime();
    GradientSource.Result result = gradients.compute(step, parameters);
    GradientSum sum = result.sum().orElseThrow();
    ParameterRates rates = setup.rates();
    float[] mean = sum.gradient();
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= sum.examples();
    }
    optimizer.step(parameters.values(), mean, RATE, state, rates);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "STEP %s %d: loss %.4f, %.1f s, of which compute %.1f s, driver holds %.2f vectors%n",
        name,
        step.index(),
        sum.loss() / sum.examples(),
        seconds,
        result.timing().compute() * 1e-9,
        liveBytes() / (double) Float.BYTES / mean.length);
  }

  /** After the broadcast's blocks, which Spark removes on other threads, are gone. */
  private static long liveBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Runtime jvm = Runtime.getRuntime();
      least = Math.min(least, jvm.totalMemory() - jvm.freeMemory());
    }
    return least;
  }

  private List<Chunk> chunks() {
    ShardDealing dealing = setup.dealing();
    KeyedPermutation permutation = dealing.permutation();
    List<Chunk> chunks = new ArrayList<>();
    for (int number = 0; number < dealing.chunkCount(); number++) {
      int shard = number % dealing.shards();
      int index = number / dealing.shards();
      int size = dealing.chunkSize(shard, index);
      Chunk.Builder builder = new Chunk.Builder(shard, index, IMAGE, size);
      for (int slot = 0; slot < size; slot++) {
        long id = dealing.imageAt(permutation, new ShardDealing.Place(shard, index, slot));
        builder.add(slot, id, (int) id, noise(id));
      }
      chunks.add(builder.build());
    }
    return chunks;
  }

  private static byte[] noise(long id) {
    RandomKey key = RandomKey.ofSeed(2).with(id);
    byte[] pixels = new byte[IMAGE.elementCount()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) key.below(i, 256);
    }
    return pixels;
  }
}
