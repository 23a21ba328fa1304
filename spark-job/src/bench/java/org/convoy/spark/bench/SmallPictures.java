package org.convoy.spark.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.convoy.image.Image;
import org.convoy.image.codec.PngEncoder;
import org.convoy.random.RandomKey;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;

/** Many small picture files in folders of classes: soft spots of color with some noise. */
final class SmallPictures implements Serializable {
  static final int CHANNELS = 3;
  static final int MOST_PIXELS = 1 << 24;
  private static final long serialVersionUID = 1L;
  private static final int FILES_A_TASK = 500;

  private final Storage storage;
  private final String directory;
  private final Kind kind;
  private final int side;
  private final int classes;

  /** How they are encoded. */
  enum Kind {
    PNG,
    JPEG
  }

  SmallPictures(Storage storage, String directory, Kind kind, int side, int classes) {
    this.storage = storage;
    this.directory = directory;
    this.kind = kind;
    this.side = side;
    this.classes = classes;
  }

  /** Writes them, by tasks. */
  void write(JavaSparkContext spark, int count) {
    List<Integer> starts = new ArrayList<>();
    for (int start = 0; start < count; start += FILES_A_TASK) {
      starts.add(start);
    }
    spark.parallelize(starts, starts.size()).foreach(new Write(this, count));
  }

  private static final class Write implements VoidFunction<Integer> {
    private static final long serialVersionUID = 1L;

    private final SmallPictures pictures;
    private final int count;

    Write(SmallPictures pictures, int count) {
      this.pictures = pictures;
      this.count = count;
    }

    @Override
    public void call(Integer start) throws IOException {
      for (int i = start; i < Math.min(start + FILES_A_TASK, count); i++) {
        pictures.write(i);
      }
    }
  }

  private void write(int number) throws IOException {
    byte[] content = content(number);
    Path folder = storage.resolve(directory + "/class" + number % classes);
    Path file = Storage.child(folder, number + (kind == Kind.PNG ? ".png" : ".jpg"));
    if ("file".equals(file.toUri().getScheme())) {
      // Hadoop starts a process to set the rights of each local file: 25 ms.
      java.nio.file.Path local = java.nio.file.Path.of(file.toUri());
      Files.createDirectories(local.getParent());
      Files.write(local, content);
      return;
    }
    try (var out = storage.create(file)) {
      out.write(content);
    }
  }

  private byte[] content(int number) throws IOException {
    byte[] pixels = pixels(RandomKey.ofSeed(number));
    if (kind == Kind.PNG) {
      return PngEncoder.encode(Image.view(pixels, 0, Shape.of(CHANNELS, side, side)));
    }
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    int plane = side * side;
    for (int i = 0; i < plane; i++) {
      int color =
          ((pixels[i] & 0xff) << 16)
              | ((pixels[i + plane] & 0xff) << 8)
              | (pixels[i + 2 * plane] & 0xff);
      image.setRGB(i % side, i / side, color);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  private byte[] pixels(RandomKey key) {
    byte[] pixels = new byte[CHANNELS * side * side];
    for (int channel = 0; channel < CHANNELS; channel++) {
      int centerX = (int) key.below(2L * channel, side);
      int centerY = (int) key.below(2L * channel + 1, side);
      for (int i = 0; i < side * side; i++) {
        int away = Math.abs(i % side - centerX) + Math.abs(i / side - centerY);
        int noise = (int) key.below(100L + channel * (long) side * side + i, 9);
        pixels[channel * side * side + i] = (byte) (240 - 200 * away / (2 * side) + noise);
      }
    }
    return pixels;
  }
}
