package org.convoy.spark.training;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.augment.Axis;
import org.convoy.augment.ColorShift;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.RandomCrop;
import org.convoy.augment.RandomFlip;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.CosineDecay;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.random.KeyedPermutation;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingSetup;

/**
 * A small run with everything that could depend on the layout: augmentation, dropout, momentum, odd
 * batch sizes and empty slots. Images are bright at the top and bottom, in the middle, on the left
 * or on the right, with noise.
 */
final class SmallRun {
  static final int IMAGES = 203;
  static final int CLASSES = 4;
  static final Shape IMAGE = Shape.of(1, 12, 12);
  private static final long SEED = 77;

  private SmallRun() {}

  static Network network() {
    return features().add("fc1", Linear.of(CLASSES)).build();
  }

  /** All but the last layer. */
  static Network.Builder features() {
    return Network.builder(Shape.of(1, 10, 10))
        .add("conv1", Conv2d.of(5, 3).padding(1))
        .add("relu1", new Relu())
        .add("pool1", MaxPool2d.of(2))
        .add("drop1", new Dropout(0.25f))
        .add("flatten", new Flatten());
  }

  static TrainingSetup setup(int batchSize, int shards) {
    PixelPipeline pipeline =
        new PixelPipeline(
            List.of(
                new RandomCrop(ImageSize.square(10), 1, Border.REFLECT),
                new RandomFlip(0.5, Axis.VERTICAL),
                new ColorShift(0.05)),
            new Normalization(List.of(0.4), List.of(0.3)));
    return new TrainingSetup(
        network(),
        new CrossEntropy(0.1),
        pipeline,
        new ShardDealing(SEED, IMAGES, shards, 11),
        IMAGE,
        CLASSES,
        batchSize);
  }

  static TrainingOptions options(int epochs) {
    return new TrainingOptions(
        epochs,
        new Sgd(0.9, 0, 5e-4, true),
        new CosineDecay(0.1, 0, Warmup.NONE),
        new GradientClipping(5),
        1);
  }

  static Parameters initial() {
    return network().initialize(SEED);
  }

  /** All chunks, those without images too, in the order of their numbers. */
  static List<Chunk> chunks(ShardDealing dealing) {
    List<Chunk> chunks = new ArrayList<>();
    KeyedPermutation permutation = dealing.permutation();
    for (int number = 0; number < dealing.chunkCount(); number++) {
      int shard = number % dealing.shards();
      int index = number / dealing.shards();
      int size = dealing.chunkSize(shard, index);
      Chunk.Builder builder = new Chunk.Builder(shard, index, IMAGE, size);
      for (int slot = 0; slot < size; slot++) {
        long id = dealing.imageAt(permutation, new ShardDealing.Place(shard, index, slot));
        if (id % 50 != 13) {
          builder.add(slot, id, (int) (id % CLASSES), pixels(id));
        }
      }
      chunks.add(builder.build());
    }
    return chunks;
  }

  static JavaRDD<Chunk> rdd(JavaSparkContext spark, ShardDealing dealing) {
    return spark.parallelize(chunks(dealing), dealing.chunkCount());
  }

  private static byte[] pixels(long id) {
    RandomKey noise = RandomKey.ofSeed(5).with(id);
    byte[] pixels = new byte[IMAGE.elementCount()];
    int side = IMAGE.size(1);
    for (int i = 0; i < pixels.length; i++) {
      int row = i / side;
      int column = i % side;
      int along =
          switch ((int) (id % CLASSES)) {
            case 0 -> Math.abs(2 * row - side + 1);
            case 1 -> side - 1 - Math.abs(2 * row - side + 1);
            case 2 -> column;
            default -> side - 1 - column;
          };
      pixels[i] = (byte) (12L * along + noise.below(i, 120));
    }
    return pixels;
  }

  /** SHA-256 of a vector's bits. */
  static String hash(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
