package org.convoy.bench.augment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.backend.Backends;
import org.convoy.bench.step.Workloads;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.nn.Network;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.ConstantRate;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.random.KeyedPermutation;
import org.convoy.train.LocalTrainer;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingSetup;

/**
 * What the augmentation of {@code resnet20-cifar10.conf} (pad by 4, crop, mirror) adds to its
 * training steps of 128 images: whole steps with and without it, in turns of one epoch, by the
 * processor time of the thread that trains.
 */
public final class AugmentedStepTable {
  private static final String USAGE =
      """
      usage: AugmentedStepTable ARCHIVE [TURNS]

      ARCHIVE   a zip file of pictures of 32x32 pixels, such as CIFAR-10's copies; the first 1,024
      TURNS     epochs of 8 steps with and without augmentation, after two to warm up [10]
      """;
  private static final int IMAGES = 1024;
  private static final int BATCH = 128;
  private static final int SHARDS = 8;
  private static final int CLASSES = 10;
  private static final int WARM_UP = 2;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private AugmentedStepTable() {}

  public static void main(String[] arguments) throws IOException {
    int turns;
    try {
      turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    } catch (NumberFormatException e) {
      turns = 0;
    }
    if (arguments.length == 0 || turns < 1) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    List<Image> pictures = pictures(Path.of(arguments[0]));
    PixelPipeline augmented = ChainCase.CIFAR.pipeline();
    PixelPipeline plain =
        new PixelPipeline(List.of(), new Normalization(List.of(0.5), List.of(0.25)));
    LocalTrainer with = trainer(pictures, augmented);
    LocalTrainer without = trainer(pictures, plain);
    List<Double> withTimes = new ArrayList<>();
    List<Double> withoutTimes = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int turn = -WARM_UP; turn < turns; turn++) {
      double one = median(epoch(with));
      double other = median(epoch(without));
      if (turn >= 0) {
        withTimes.add(one);
        withoutTimes.add(other);
        ratios.add(one / other);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "ResNet-20, %d images a step, %d turns: with augmentation %.1f ms, without %.1f ms, ratio"
            + " %.4f (%.4f to %.4f)%n",
        BATCH,
        turns,
        median(withTimes),
        median(withoutTimes),
        median(ratios),
        ratios.stream().sorted().findFirst().orElseThrow(),
        ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
  }

  private static List<Image> pictures(Path archive) throws IOException {
    PictureDecoder decoder = PictureDecoder.ofColor();
    List<Image> pictures = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry();
          entry != null && pictures.size() < IMAGES;
          entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          decoder.decode(zip.readAllBytes()).picture().ifPresent(pictures::add);
        }
      }
    }
    if (pictures.size() < IMAGES) {
      throw new IOException(archive + " holds " + pictures.size() + " pictures of " + IMAGES);
    }
    return pictures;
  }

  private static LocalTrainer trainer(List<Image> pictures, PixelPipeline pipeline) {
    Network network = Workloads.select(List.of("resnet20")).get(0).network();
    ShardDealing dealing = new ShardDealing(1, IMAGES, SHARDS, IMAGES / SHARDS);
    TrainingSetup setup =
        new TrainingSetup(
            network, new CrossEntropy(0), pipeline, dealing, network.inputShape(), CLASSES, BATCH);
    List<Chunk> chunks = new ArrayList<>();
    KeyedPermutation permutation = dealing.permutation();
    for (int shard = 0; shard < SHARDS; shard++) {
      int size = dealing.chunkSize(shard, 0);
      Chunk.Builder builder = new Chunk.Builder(shard, 0, network.inputShape(), size);
      for (int slot = 0; slot < size; slot++) {
        long id = dealing.imageAt(permutation, new ShardDealing.Place(shard, 0, slot));
        builder.add(slot, id, (int) (id % CLASSES), pictures.get((int) id).toArray());
      }
      chunks.add(builder.build());
    }
    return new LocalTrainer(setup, chunks, Backends.best());
  }

  /** Milliseconds of an epoch's steps, each from the end of the one before. */
  private static List<Double> epoch(LocalTrainer trainer) {
    List<Double> times = new ArrayList<>();
    TrainingListener clock =
        new TrainingListener() {
          private long last = THREADS.getCurrentThreadCpuTime();

          @Override
          public void stepFinished(
              Step step, double loss, long examples, double learningRate, StepTiming timing) {
            long now = THREADS.getCurrentThreadCpuTime();
            times.add((now - last) * 1e-6);
            last = now;
          }
        };
    TrainingOptions options =
        new TrainingOptions(
            1,
            Sgd.withMomentum(0.9),
            new ConstantRate(0.01, Warmup.NONE),
            new GradientClipping(Double.POSITIVE_INFINITY),
            0);
    Network network = Workloads.select(List.of("resnet20")).get(0).network();
    trainer.train(network.initialize(1), options, List.of(), clock);
    return times;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
