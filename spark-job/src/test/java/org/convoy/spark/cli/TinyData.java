package org.convoy.spark.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gray 8x8 pictures of two classes that are easy to tell apart: a bright row, or a bright column.
 */
final class TinyData {
  private static final int SIDE = 8;
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private TinyData() {}

  /** Writes {@code images} and {@code labels} in IDX format. */
  static void write(Path folder, String name, int count) throws IOException {
    write(folder, name, IntStream.range(0, count).toArray());
  }

  /** The same with pictures of one's choice: even numbers are rows, odd ones columns. */
  static void write(Path folder, String name, int[] numbers) throws IOException {
    int count = numbers.length;
    Files.createDirectories(folder);
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    DataOutputStream imageData = new DataOutputStream(images);
    DataOutputStream labelData = new DataOutputStream(labels);
    for (int size : new int[] {IMAGES_MAGIC, count, SIDE, SIDE}) {
      imageData.writeInt(size);
    }
    labelData.writeInt(LABELS_MAGIC);
    labelData.writeInt(count);
    for (int number : numbers) {
      imageData.write(picture(number));
      labelData.writeByte(number % 2);
    }
    Files.write(folder.resolve(name + "-images"), images.toByteArray());
    Files.write(folder.resolve(name + "-labels"), labels.toByteArray());
  }

  private static byte[] picture(int number) {
    byte[] pixels = new byte[SIDE * SIDE];
    int place = 1 + number / 2 % (SIDE - 2);
    for (int i = 0; i < SIDE; i++) {
      pixels[number % 2 == 0 ? place * SIDE + i : i * SIDE + place] = (byte) (150 + number % 100);
    }
    return pixels;
  }

  /** A recipe beside the data: a network that learns it in a few epochs. */
  static Path writeRecipe(Path folder) throws IOException {
    write(folder, "train", 240);
    write(folder, "test", 40);
    return Files.writeString(
        folder.resolve("tiny.conf"),
        """
        network {
          nodes = [
            { name = conv, type = conv2d, outChannels = 8, kernelSize = 3 }
            { name = relu, type = relu }
            { name = pool, type = max-pool2d, kernelSize = 6 }
            { name = flat, type = flatten }
            { name = fc, type = linear, outFeatures = 2 }
          ]
        }
        data {
          train {
            type = idx, images = ${here}/train-images, labels = ${here}/train-labels
            classes = [row, column]
          }
          test {
            type = idx, images = ${here}/test-images, labels = ${here}/test-labels
            classes = [row, column]
          }
          chunkCapacity = 8
        }
        normalization { mean = [0.5], std = [0.25] }
        batchSize = 20
        shards = 4
        epochs = 6
        learningRate { type = constant, learningRate = 0.1 }
        """);
  }

  /** All files below a folder, by their names there. */
  static Stream<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList()
          .stream();
    }
  }
}
