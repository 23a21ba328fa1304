package org.convoy.spark.input;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.storage.Storage;

/** The bytes of an archive that may be compressed with gzip, which its first two bytes tell. */
final class TarBytes implements Closeable {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER = 1 << 16;

  private final FSDataInputStream file;
  private final boolean compressed;
  private final InputStream stream;
  private long position;
  private boolean broken;

  private TarBytes(FSDataInputStream file) throws IOException {
    this.file = file;
    this.compressed = file.read() == GZIP_FIRST && file.read() == GZIP_SECOND;
    file.seek(0);
    this.stream =
        compressed ? new GZIPInputStream(new BufferedInputStream(file, BUFFER), BUFFER) : file;
  }

  static TarBytes open(Storage storage, Path path) throws IOException {
    FSDataInputStream file = storage.open(path);
    try {
      return new TarBytes(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** All bytes, decompressed; not to be mixed with {@link #read}. */
  InputStream stream() {
    return stream;
  }

  /**
   * Bytes of the decompressed archive; of a compressed one only forwards.
   *
   * @throws EOFException if there are not so many
   * @throws java.util.zip.ZipException if they, or any before them, are damaged
   */
  byte[] read(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (!compressed) {
      file.readFully(offset, bytes);
      return bytes;
    }
    if (broken) {
      throw new EOFException("the archive is damaged before it");
    }
    // What lies behind damage cannot be told from damage.
    broken = true;
    stream.skipNBytes(offset - position);
    if (stream.readNBytes(bytes, 0, length) < length) {
      throw new EOFException("the archive ends too early");
    }
    position = offset + length;
    broken = false;
    return bytes;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
