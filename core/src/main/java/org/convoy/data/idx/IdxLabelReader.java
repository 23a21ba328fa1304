package org.convoy.data.idx;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.convoy.data.MalformedFileException;
import org.convoy.data.RecordStream;

/** Reads labels in 0..255 from an IDX file (magic number 2049), compressed with gzip or not. */
public final class IdxLabelReader implements Closeable {
  private final RecordStream in;
  private final int count;
  private final byte[] label = new byte[1];

  private IdxLabelReader(RecordStream in, int count) {
    this.in = in;
    this.count = count;
  }

  /**
   * Reads the header.
   *
   * @param in the file from its beginning, closed by {@link #close} or if this method fails
   * @param where what messages call the file
   * @throws MalformedFileException if the header is not that of labels
   */
  public static IdxLabelReader open(InputStream in, String where) throws IOException {
    RecordStream stream = RecordStream.open(in, where, "label");
    try {
      return new IdxLabelReader(stream, IdxHeader.readCount(stream, IdxHeader.LABELS));
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** How many labels the file holds, as its header says. */
  public int count() {
    return count;
  }

  /**
   * Goes to the next label.
   *
   * @return false if there is none left; it is then certain that the file ends here, too
   * @throws MalformedFileException if the file is truncated, or goes on after its last label
   */
  public boolean next() throws IOException {
    if (in.position() == count) {
      in.expectEnd();
      return false;
    }
    if (!in.read(label, 0, 1)) {
      throw new MalformedFileException(
          String.format(
              "%s: the header says %d labels, but the file ends after %d; copy the file again",
              in.where(), count, in.position()));
    }
    return true;
  }

  /** The label that {@link #next} went to, in 0..255. */
  public int label() {
    return label[0] & 0xff;
  }

  /**
   * Passes over labels.
   *
   * @param labels at most as many as are left
   * @throws MalformedFileException if the file ends first
   */
  public void skip(long labels) throws IOException {
    if (labels > count - in.position()) {
      throw new IllegalArgumentException(
          String.format(
              "%s: cannot skip %d of the %d labels from number %d",
              in.where(), labels, count, in.position()));
    }
    in.skip(labels, 1);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
