package org.convoy.spark.input;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.convoy.data.Annotation;

/**
 * A shard of packed images as a sequence file: a {@link PackedKey} as {@code Text}, and a picture
 * file's bytes as {@code BytesWritable}. An image without a picture has the reason in its place,
 * behind a beginning that no picture file has. Records are not compressed: pictures are. Hadoop
 * draws a mark for each file, by which two of the same images differ in some bytes.
 */
final class PackedRecords implements PackedWriter {
  private static final byte[] PROBLEM = "no picture: ".getBytes(StandardCharsets.US_ASCII);

  private final SequenceFile.Writer writer;
  private final List<String> classes;

  PackedRecords(OutputStream out, Configuration configuration, List<String> classes)
      throws IOException {
    this.classes = classes;
    this.writer =
        SequenceFile.createWriter(
            configuration,
            SequenceFile.Writer.stream((FSDataOutputStream) out),
            SequenceFile.Writer.keyClass(Text.class),
            SequenceFile.Writer.valueClass(BytesWritable.class),
            SequenceFile.Writer.compression(SequenceFile.CompressionType.NONE));
  }

  @Override
  public void add(long id, String key, Annotation annotation, byte[] content, String problem)
      throws IOException {
    Optional<String> label =
        annotation.isKnown() ? Optional.of(classes.get(annotation.label())) : Optional.empty();
    byte[] value = content == null ? written(problem) : content;
    writer.append(new Text(new PackedKey(label, key).toString()), new BytesWritable(value));
  }

  private static byte[] written(String problem) {
    byte[] text = problem.getBytes(StandardCharsets.UTF_8);
    byte[] value = Arrays.copyOf(PROBLEM, PROBLEM.length + text.length);
    System.arraycopy(text, 0, value, PROBLEM.length, text.length);
    return value;
  }

  /** Why a record has no picture, if it has none. */
  static Optional<String> problem(byte[] value) {
    boolean none =
        value.length >= PROBLEM.length
            && Arrays.equals(value, 0, PROBLEM.length, PROBLEM, 0, PROBLEM.length);
    return none
        ? Optional.of(
            new String(
                value, PROBLEM.length, value.length - PROBLEM.length, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
