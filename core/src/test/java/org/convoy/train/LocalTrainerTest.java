package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.convoy.augment.Axis;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.RandomFlip;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.ConstantRate;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.testing.StripedImages;
import org.junit.jupiter.api.Test;

class LocalTrainerTest {
  private static final Shape IMAGE = StripedImages.IMAGE;
  private static final int CLASSES = StripedImages.CLASSES;
  private static final int IMAGES = StripedImages.COUNT;

  @Test
  void shardsChangeTheGradientByRoundingOnly() {
    float[] whole = gradient(1);
    for (int shards : new int[] {2, 4, 8, 32}) {
      float[] parts = gradient(shards);
      for (int i = 0; i < whole.length; i++) {
        assertThat(parts[i]).isCloseTo(whole[i], within(2e-4f));
      }
    }
  }

  @Test
  void aHandfulOfImagesIsLearntByHeart() {
    TrainingSetup setup = setup(4, 20, new PixelPipeline(List.of(), normalization()), 0);
    List<Chunk> chunks = StripedImages.chunks(setup.dealing());

    TrainingResult result =
        new LocalTrainer(setup, chunks, Backends.best())
            .train(initial(0), options(40, 0.05), chunks, TrainingListener.NONE);

    assertThat(result.last().scores().orElseThrow().accuracy()).isEqualTo(1.0);
    assertThat(result.last().trainLoss()).isLessThan(0.05);
    assertThat(result.last().trainAccuracy()).isGreaterThan(0.98);
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
    TrainingSetup setup = setup(4, 32, augmented(), 0.3);
    List<Chunk> chunks = StripedImages.chunks(setup.dealing());
    float[] first = train(setup, chunks, 3).parameters().values();
    float[] second = train(setup, chunks, 3).parameters().values();
    assertThat(first).containsExactly(second);
    assertThat(first).isNotEqualTo(train(setup, chunks, 4).parameters().values());
  }

  @Test
  void threadsChangeNotABit() {
    TrainingSetup setup = setup(8, 32, augmented(), 0.3);
    List<Chunk> chunks = StripedImages.chunks(setup.dealing());
    float[] alone = train(setup, chunks, 3).parameters().values();
    for (int threads : new int[] {2, 3, 8, 20}) {
      TrainingResult together =
          new LocalTrainer(setup, chunks, Backends.best(), threads)
              .train(
                  setup.network().initialize(3),
                  options(1, 0.05),
                  List.of(),
                  TrainingListener.NONE);
      assertThat(together.parameters().values()).as("%d threads", threads).isEqualTo(alone);
    }
  }

  @Test
  void whatFailsOnAnotherThreadFailsHere() {
    TrainingSetup setup = setup(8, 32, augmented(), 0);
    GradientSource source = new LocalTrainer(setup, List.of(), Backends.best(), 2).gradients();
    assertThatThrownBy(() -> source.compute(setup.step(0, 0), initial(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("chunk \\d+ of shard \\d+ is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShardSums(setup, Backends.best(), 0))
        .withMessage("threads must be at least 1, got 0");
  }

  @Test
  void everyImageCountsOnceAnEpochWhateverTheBatchSize() {
    for (int batchSize : new int[] {1, 7, 64, 100, 5000}) {
      TrainingSetup setup = setup(8, batchSize, augmented(), 0);
      TrainingResult result = train(setup, StripedImages.chunks(setup.dealing()), 1);
      assertThat(result.images()).isEqualTo(IMAGES);
      assertThat(result.steps()).isEqualTo((IMAGES + batchSize - 1) / batchSize);
    }
  }

  @Test
  void reportsCarryLossAccuracyRateAndTime() {
    TrainingSetup setup = setup(2, 25, augmented(), 0);
    List<Chunk> chunks = StripedImages.chunks(setup.dealing());
    List<EpochReport> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochReport report) {
            heard.add(report);
          }
        };

    TrainingResult result =
        new LocalTrainer(setup, chunks, Backends.best())
            .train(initial(0), options(2, 0.05), List.of(), listener);

    assertThat(result.epochs()).isEqualTo(heard).hasSize(2);
    assertThat(heard.get(1).epoch()).isEqualTo(1);
    assertThat(heard.get(1).steps()).isEqualTo(4);
    assertThat(heard.get(1).learningRate()).isEqualTo(0.05);
    assertThat(heard.get(1).trainAccuracy()).isBetween(0.0, 1.0);
    assertThat(heard.get(1).scores()).isEmpty();
    assertThat(heard.get(1).seconds()).isPositive();
  }

  @Test
  void stepsAllocateNoActivationOrWeightMemory() {
    TrainingSetup setup = setup(4, 32, augmented(), 0.3);
    GradientSource source =
        new LocalTrainer(setup, StripedImages.chunks(setup.dealing()), Backends.best()).gradients();
    Parameters parameters = initial(0.3);
    for (int i = 0; i < 50; i++) {
      source.compute(setup.step(i, 0), parameters);
    }
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    // Vectors live on the heap until the compiler has come to a method, which may take a while.
    // Small objects (keys, views, drawn values) are allowed: about 2 kB an image.
    long limit = Math.min(32 * 2500, 4L * activationFloats(setup) / 2);
    long perStep = Long.MAX_VALUE;
    long start = System.nanoTime();
    while (perStep >= limit && System.nanoTime() - start < 60_000_000_000L) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 50; i < 150; i++) {
        source.compute(setup.step(i, 0), parameters);
      }
      perStep = Math.min(perStep, (threads.getCurrentThreadAllocatedBytes() - before) / 100);
    }

    assertThat(perStep).isLessThan(limit);
  }

  @Test
  void imagesThatDoNotFitTheNetworkAreRefusedWithTheCure() {
    assertThatThrownBy(
            () ->
                new TrainingSetup(
                    network(0),
                    new CrossEntropy(0),
                    new PixelPipeline(List.of(), normalization()),
                    new ShardDealing(1, 10, 1, 10),
                    Shape.of(2, 32, 32),
                    CLASSES,
                    4))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "the network wants images of 2x8x6, got 2x32x32 (2x32x32 before augmentation); resize"
                + " them (data.resize = {size = [8, 6]}), set data.channels, or change the"
                + " network's input");
  }

  @Test
  void aRunNeedsAnEpochAndABatch() {
    assertThatThrownBy(() -> options(0, 0.1)).hasMessage("epochs must be at least 1, got 0");
    assertThatThrownBy(() -> setup(1, 0, augmented(), 0))
        .hasMessage("batch size must be at least 1, got 0");
  }

  private static long activationFloats(TrainingSetup setup) {
    return org.convoy.nn.Execution.forTraining(setup.network(), Backends.best(), 32)
        .plannedFloats();
  }

  private static float[] gradient(int shards) {
    TrainingSetup setup = setup(shards, IMAGES, new PixelPipeline(List.of(), normalization()), 0);
    GradientSource source =
        new LocalTrainer(setup, StripedImages.chunks(setup.dealing()), Backends.best()).gradients();
    GradientSum sum = source.compute(setup.step(0, 0), initial(0)).sum().orElseThrow();
    assertThat(sum.examples()).isEqualTo(IMAGES);
    return sum.toMean();
  }

  private static TrainingResult train(TrainingSetup setup, List<Chunk> chunks, long seed) {
    return new LocalTrainer(setup, chunks, Backends.best())
        .train(
            setup.network().initialize(seed), options(1, 0.05), List.of(), TrainingListener.NONE);
  }

  private static TrainingOptions options(int epochs, double rate) {
    return new TrainingOptions(
        epochs,
        new Sgd(0.9, 0, 0, false),
        new ConstantRate(rate, Warmup.NONE),
        new GradientClipping(Double.POSITIVE_INFINITY),
        1);
  }

  private static Network network(double dropout) {
    return Network.builder(IMAGE)
        .add("conv1", Conv2d.of(6, 3).padding(1))
        .add("relu1", new Relu())
        .add("pool1", MaxPool2d.of(2))
        .add("drop1", new Dropout((float) dropout))
        .add("flatten", new Flatten())
        .add("fc1", Linear.of(CLASSES))
        .build();
  }

  private static Parameters initial(double dropout) {
    return network(dropout).initialize(1);
  }

  private static Normalization normalization() {
    return new Normalization(List.of(0.5), List.of(0.3));
  }

  private static PixelPipeline augmented() {
    return new PixelPipeline(List.of(new RandomFlip(0.5, Axis.HORIZONTAL)), normalization());
  }

  private static TrainingSetup setup(
      int shards, int batchSize, PixelPipeline pipeline, double dropout) {
    return new TrainingSetup(
        network(dropout),
        new CrossEntropy(0),
        pipeline,
        new ShardDealing(9, IMAGES, shards, 7),
        IMAGE,
        CLASSES,
        batchSize);
  }
}
