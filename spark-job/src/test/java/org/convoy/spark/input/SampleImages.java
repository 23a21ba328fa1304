package org.convoy.spark.input;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Small data sets of every format, whose pixels tell image, channel and place. */
final class SampleImages {
  private static final String HUGGING_FACE =
      """
      {"info": {"features": {"kind": {"names": ["cat", "dog", "emu"], "_type": "ClassLabel"}}}}
      """;

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

  /** Writes numbered color images of 6x6 pixels as an archive, compressed if its name ends so. */
  static Path tar(Path file, int first, String... names) {
    return write(
        file,
        out -> {
          OutputStream bytes = file.toString().endsWith("gz") ? new GZIPOutputStream(out) : out;
          TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
          tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
          tar.setAddPaxHeadersForNonAsciiNames(true);
          for (int i = 0; i < names.length; i++) {
            byte[] png = png(first + i, 6, 6);
            TarArchiveEntry entry = new TarArchiveEntry(names[i]);
            entry.setSize(png.length);
            tar.putArchiveEntry(entry);
            tar.write(png);
            tar.closeArchiveEntry();
          }
          tar.finish();
          if (bytes instanceof GZIPOutputStream compressed) {
            compressed.finish();
          }
        });
  }

  /** Fills a file. */
  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Writes numbered color images of 6x6 pixels as a sequence file of such keys. */
  static Path sequenceFile(Path file, CompressionType compression, int first, Writable... keys) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream raw = Files.newOutputStream(file);
          FSDataOutputStream out = new FSDataOutputStream(raw, null);
          SequenceFile.Writer writer =
              SequenceFile.createWriter(
                  new Configuration(),
                  SequenceFile.Writer.stream(out),
                  SequenceFile.Writer.keyClass(keys[0].getClass()),
                  SequenceFile.Writer.valueClass(BytesWritable.class),
                  SequenceFile.Writer.compression(compression))) {
        for (int i = 0; i < keys.length; i++) {
          writer.append(keys[i], new BytesWritable(png(first + i, 6, 6)));
          if (i % 2 == 1) {
            // Ends a block.
            writer.sync();
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Keys of a sequence file. */
  static Writable[] texts(String... keys) {
    return Arrays.stream(keys).map(Text::new).toArray(Writable[]::new);
  }

  /** Writes a text in UTF-8, with the directories above it. */
  static Path text(Path file, String content) {
    return write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** Fills a row of a Parquet file. */
  interface Row {
    void fill(Group row, int number) throws IOException;
  }

  /** Writes a Parquet file of so many rows, in row groups of three. */
  static Path parquet(Path file, String schema, int rows, Row content) {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    try {
      Files.createDirectories(file.getParent());
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new LocalOutputFile(file))
              .withType(type)
              .withRowGroupRowCountLimit(3)
              .withExtraMetaData(Map.of("huggingface", HUGGING_FACE))
              .build()) {
        for (int i = 0; i < rows; i++) {
          Group row = new SimpleGroup(type);
          content.fill(row, i);
          writer.write(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static boolean compressed(Path file) {
    return file.toString().endsWith(".gz") && !file.toString().endsWith(".tar.gz");
  }

  private static Path write(Path file, Content content) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream raw = Files.newOutputStream(file);
          DataOutputStream out =
              new DataOutputStream(compressed(file) ? new GZIPOutputStream(raw) : raw)) {
        content.writeTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
