package org.convoy.spark.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The first images of the sample in {@code conf/data}, as IDX files of their own. */
public final class SampleCut {
  private static final Path SAMPLE = Path.of("..", "conf", "data", "fashion-mnist-sample");

  private SampleCut() {}

  /** At most 10,000 of 28x28. */
  public static Path images(Path directory, int count) throws IOException {
    return first(directory, "train-images-idx3-ubyte.gz", 3, 28 * 28, count);
  }

  /** Their labels, 0 to 9. */
  public static Path labels(Path directory, int count) throws IOException {
    return first(directory, "train-labels-idx1-ubyte.gz", 1, 1, count);
  }

  /** Magic number, new count, other sizes, first items. */
  private static Path first(Path directory, String name, int sizes, int itemBytes, int count)
      throws IOException {
    Path file = directory.resolve(name);
    try (DataInputStream in =
            new DataInputStream(new GZIPInputStream(Files.newInputStream(SAMPLE.resolve(name))));
        DataOutputStream out =
            new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(in.readInt());
      in.readInt();
      out.writeInt(count);
      for (int i = 1; i < sizes; i++) {
        out.writeInt(in.readInt());
      }
      out.write(in.readNBytes(count * itemBytes));
    }
    return file;
  }
}
