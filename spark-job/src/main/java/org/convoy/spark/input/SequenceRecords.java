package org.convoy.spark.input;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.util.ReflectionUtils;
import org.convoy.spark.storage.Storage;

/** Goes through a sequence file of pictures, from its beginning or from a known place. */
final class SequenceRecords implements Closeable {
  private final FSDataInputStream file;
  private final SequenceFile.Reader reader;
  private final Writable key;
  private final BytesWritable value = new BytesWritable();

  private SequenceRecords(Storage storage, FSDataInputStream file, Path path) throws IOException {
    this.file = file;
    this.reader =
        new SequenceFile.Reader(
            storage.configuration(),
            SequenceFile.Reader.stream(file),
            SequenceFile.Reader.length(storage.status(path).getLen()));
    Class<?> type = reader.getKeyClass();
    this.key =
        type == NullWritable.class
            ? NullWritable.get()
            : (Writable) ReflectionUtils.newInstance(type, storage.configuration());
    if (reader.getValueClass() != BytesWritable.class) {
      throw new IOException(
          "its values are " + reader.getValueClassName() + ", expected BytesWritable");
    }
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is no sequence file, or one of other values
   */
  static SequenceRecords open(Storage storage, Path path) throws IOException {
    FSDataInputStream file = storage.open(path);
    try {
      return new SequenceRecords(storage, file, path);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Where the next record begins, or where its block can be looked for. */
  long position() throws IOException {
    return reader.getPosition();
  }

  /**
   * Goes to a record.
   *
   * @param position of it, or of its block
   * @param skipped records between the two
   */
  void seek(long position, int skipped) throws IOException {
    if (reader.isBlockCompressed()) {
      reader.sync(position);
    } else {
      reader.seek(position);
    }
    for (int i = 0; i < skipped; i++) {
      next();
    }
  }

  /** Whether there is one more record; its value is not read yet. */
  boolean next() throws IOException {
    return reader.next(key);
  }

  String key() {
    if (key instanceof Text text) {
      return text.toString();
    } else if (key instanceof BytesWritable bytes) {
      return new String(bytes.getBytes(), 0, bytes.getLength(), StandardCharsets.UTF_8);
    }
    return key.toString();
  }

  byte[] value() throws IOException {
    reader.getCurrentValue(value);
    return value.copyBytes();
  }

  boolean isBlockCompressed() {
    return reader.isBlockCompressed();
  }

  @Override
  public void close() throws IOException {
    reader.close();
    file.close();
  }
}
