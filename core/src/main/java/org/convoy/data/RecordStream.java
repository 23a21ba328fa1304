package org.convoy.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of a header and records of one size, read from its beginning; compressed with gzip or not,
 * which is told by its first bytes and not by its name. The end of the file is allowed after a
 * record and nowhere else.
 */
public final class RecordStream implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final InputStream in;
  private final String where;
  private final String noun;
  private long position;

  private RecordStream(InputStream in, String where, String noun) {
    this.in = in;
    this.where = where;
    this.noun = noun;
  }

  /**
   * @param in the file's bytes, closed by {@link #close} or if this method fails
   * @param where what messages call the file
   * @param noun what messages call a record, such as {@code image}
   */
  public static RecordStream open(InputStream in, String where, String noun) throws IOException {
    try {
      BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
      buffered.mark(2);
      int magic = buffered.read() << 8 | buffered.read();
      buffered.reset();
      InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(buffered, BUFFER) : buffered;
      return new RecordStream(plain, where, noun);
    } catch (EOFException | ZipException e) {
      in.close();
      throw new MalformedFileException(where + ": damaged gzip header: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** How many records were read or skipped so far. */
  public long position() {
    return position;
  }

  /** What messages call the file. */
  public String where() {
    return where;
  }

  /**
   * A big-endian number of the header.
   *
   * @param what its meaning, for the message if the file ends first
   * @throws MalformedFileException if the file ends first
   */
  public int readInt(String what) throws IOException {
    byte[] bytes = new byte[4];
    int length = fill(bytes, 0, 4);
    if (length < 4) {
      throw new MalformedFileException(
          where + ": the file ends in its header, before or in the " + what);
    }
    return ByteBuffer.wrap(bytes).getInt();
  }

  /**
   * The next record.
   *
   * @return false if the file ends before its first byte
   * @throws MalformedFileException if the file ends within the record
   */
  public boolean read(byte[] into, int offset, int size) throws IOException {
    int length = fill(into, offset, size);
    if (length == 0) {
      return false;
    }
    if (length < size) {
      throw new MalformedFileException(
          String.format(
              "%s: the file ends within %s %d (counted from 0): expected %d bytes, got %d;"
                  + " copy the file again",
              where, noun, position, size, length));
    }
    position++;
    return true;
  }

  /**
   * Passes over records.
   *
   * @throws MalformedFileException if the file ends before the last of them does
   */
  public void skip(long records, int size) throws IOException {
    if (records < 0) {
      throw new IllegalArgumentException("cannot skip " + records + " records");
    }
    if (records == 0) {
      return;
    }
    long bytes = Math.multiplyExact(records, (long) size);
    try {
      // The last byte is read: a file may be skipped beyond its end without complaint.
      in.skipNBytes(bytes - 1);
      if (in.read() < 0) {
        throw endedBefore(records, null);
      }
    } catch (EOFException e) {
      throw endedBefore(records, e);
    } catch (ZipException e) {
      throw damaged(e);
    }
    position += records;
  }

  private MalformedFileException endedBefore(long records, Throwable cause) {
    return new MalformedFileException(
        String.format(
            "%s: the file ends before the end of %s %d (counted from 0); copy the file again",
            where, noun, position + records - 1),
        cause);
  }

  /**
   * Checks that all was read.
   *
   * @throws MalformedFileException if there is more
   */
  public void expectEnd() throws IOException {
    if (fill(new byte[1], 0, 1) != 0) {
      throw new MalformedFileException(
          String.format("%s: more bytes follow the last %s, number %d", where, noun, position - 1));
    }
  }

  private int fill(byte[] into, int offset, int size) throws IOException {
    try {
      return in.readNBytes(into, offset, size);
    } catch (EOFException | ZipException e) {
      throw damaged(e);
    }
  }

  private MalformedFileException damaged(IOException e) {
    return new MalformedFileException(
        String.format(
            "%s: damaged or truncated gzip data within or after %s %d (counted from 0): %s;"
                + " copy the file again",
            where, noun, position, e.getMessage()),
        e);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
