package org.convoy.data.cifar;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.convoy.data.MalformedFileException;
import org.convoy.data.RecordStream;
import org.convoy.tensor.Shape;

/** Reads labeled color images from a CIFAR binary file, compressed with gzip or not. */
public final class CifarReader implements Closeable {
  /** Shape of every image: 3 x 32 x 32, the planes being red, green, blue. */
  public static final Shape IMAGE = Shape.of(3, 32, 32);

  private final RecordStream in;
  private final CifarFormat format;
  private final byte[] current;

  private CifarReader(RecordStream in, CifarFormat format) {
    this.in = in;
    this.format = format;
    this.current = new byte[format.recordBytes()];
  }

  /**
   * @param in the file from its beginning, closed by {@link #close} or if this method fails
   * @param where what messages call the file
   */
  public static CifarReader open(InputStream in, String where, CifarFormat format)
      throws IOException {
    return new CifarReader(RecordStream.open(in, where, "record"), format);
  }

  /**
   * Reads the next record.
   *
   * @param into receives 3 x 32 x 32 unsigned bytes from {@code offset}
   * @return false at the end of the file
   * @throws MalformedFileException if the file ends within the record, or a label is too large
   */
  public boolean next(byte[] into, int offset) throws IOException {
    if (!in.read(current, 0, current.length)) {
      return false;
    }
    int labels = format.labels().size();
    for (int i = 0; i < labels; i++) {
      CifarFormat.LabelByte expected = format.labels().get(i);
      int found = current[i] & 0xff;
      if (found >= expected.classes()) {
        throw new MalformedFileException(
            String.format(
                "%s: record %d (counted from 0): expected a %s in 0..%d, found %d;"
                    + " is this a file of %s?",
                in.where(),
                in.position() - 1,
                expected.name(),
                expected.classes() - 1,
                found,
                format));
      }
    }
    System.arraycopy(current, labels, into, offset, IMAGE.elementCount());
    return true;
  }

  /** The class of the record that {@link #next} read; of CIFAR-100 the fine label. */
  public int label() {
    return current[format.labels().size() - 1] & 0xff;
  }

  /**
   * Passes over records.
   *
   * @throws MalformedFileException if the file ends first
   */
  public void skip(long records) throws IOException {
    in.skip(records, current.length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
