package org.convoy.spark.input;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small data sets of every format, whose pixels tell image, channel and place. */
final class SampleImages {
  private SampleImages() {}

  /** Value of a pixel of the sample image with a number. */
  static byte pixel(int image, int channel, int row, int column) {
    return (byte) (image * 31 + channel * 101 + row * 7 + column * 3);
  }

  /** Planar pixels of a sample image. */
  static byte[] pixels(int image, int channels, int height, int width) {
    byte[] pixels = new byte[channels * height * width];
    int at = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          pixels[at++] = pixel(image, channel, row, column);
        }
      }
    }
    return pixels;
  }

  /** Writes numbered gray images as IDX; compressed if the name says so. */
  static Path idxImages(Path file, int count, int height, int width) {
    return write(
        file,
        out -> {
          out.writeInt(0x803);
          out.writeInt(count);
          out.writeInt(height);
          out.writeInt(width);
          for (int image = 0; image < count; image++) {
            out.write(pixels(image, 1, height, width));
          }
        });
  }

  /** Writes labels as IDX; compressed if the name says so. */
  static Path idxLabels(Path file, int... labels) {
    return write(
        file,
        out -> {
          out.writeInt(0x801);
          out.writeInt(labels.length);
          for (int label : labels) {
            out.writeByte(label);
          }
        });
  }

  /** Writes CIFAR-10 records; the images are numbered from {@code first}. */
  static Path cifar10(Path file, int first, int... labels) {
    return write(
        file,
        out -> {
          for (int i = 0; i < labels.length; i++) {
            out.writeByte(labels[i]);
            out.write(pixels(first + i, 3, 32, 32));
          }
        });
  }

  /** Writes CIFAR-100 records of coarse label 0. */
  static Path cifar100(Path file, int first, int... labels) {
    return write(
        file,
        out -> {
          for (int i = 0; i < labels.length; i++) {
            out.writeByte(0);
            out.writeByte(labels[i]);
            out.write(pixels(first + i, 3, 32, 32));
          }
        });
  }

  /** Writes a numbered color image as PNG, with the directories above it. */
  static Path png(Path file, int number, int height, int width) {
    return write(file, out -> out.write(png(number, height, width)));
  }

  /** A numbered color image as PNG. */
  static byte[] png(int number, int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          rgb = (rgb << 8) | (pixel(number, channel, row, column) & 0xff);
        }
        image.setRGB(column, row, rgb);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** Writes numbered color images of 6x6 pixels as an archive, every other one not compressed. */
  static Path zip(Path file, int first, String... names) {
    return write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (int i = 0; i < names.length; i++) {
            byte[] png = png(first + i, 6, 6);
            ZipEntry entry = new ZipEntry(names[i]);
            if (i % 2 == 1) {
              CRC32 crc = new CRC32();
              crc.update(png);
              entry.setMethod(ZipEntry.STORED);
              entry.setSize(png.length);
              entry.setCrc(crc.getValue());
            }
            zip.putNextEntry(entry);
            zip.write(png);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  /** Fills a file. */
  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static Path write(Path file, Content content) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream raw = Files.newOutputStream(file);
          DataOutputStream out =
              new DataOutputStream(
                  file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw)) {
        content.writeTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
