package org.convoy.data.idx;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.convoy.data.MalformedFileException;
import org.convoy.data.RecordStream;
import org.convoy.tensor.Shape;

/**
 * Reads gray images from an IDX file (magic number 2051), compressed with gzip or not. Nothing of
 * the size that the header tells is allocated here.
 */
public final class IdxImageReader implements Closeable {
  private static final int MAXIMUM_SIDE = 1 << 13;

  private final RecordStream in;
  private final int count;
  private final Shape shape;

  private IdxImageReader(RecordStream in, int count, Shape shape) {
    this.in = in;
    this.count = count;
    this.shape = shape;
  }

  /**
   * Reads the header.
   *
   * @param in the file from its beginning, closed by {@link #close} or if this method fails
   * @param where what messages call the file
   * @throws MalformedFileException if the header is not that of images of 1x1 to 8192x8192 pixels
   */
  public static IdxImageReader open(InputStream in, String where) throws IOException {
    RecordStream stream = RecordStream.open(in, where, "image");
    try {
      int count = IdxHeader.readCount(stream, IdxHeader.IMAGES);
      int rows = side(stream, "rows");
      int columns = side(stream, "columns");
      return new IdxImageReader(stream, count, Shape.of(1, rows, columns));
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static int side(RecordStream in, String what) throws IOException {
    int size = in.readInt("number of " + what);
    if (size < 1 || size > MAXIMUM_SIDE) {
      throw new MalformedFileException(
          String.format(
              "%s: the header says %s %s an image; 1 to %d are supported",
              in.where(), Integer.toUnsignedString(size), what, MAXIMUM_SIDE));
    }
    return size;
  }

  /** How many images the file holds, as its header says. */
  public int count() {
    return count;
  }

  /** Shape of each image: 1 x rows x columns. */
  public Shape imageShape() {
    return shape;
  }

  /**
   * Reads the next image: rows x columns unsigned bytes, of which 0 is the background.
   *
   * @return false if there is none left; it is then certain that the file ends here, too
   * @throws MalformedFileException if the file is truncated, or goes on after its last image
   */
  public boolean next(byte[] into, int offset) throws IOException {
    if (in.position() == count) {
      in.expectEnd();
      return false;
    }
    if (!in.read(into, offset, shape.elementCount())) {
      throw new MalformedFileException(
          String.format(
              "%s: the header says %d images, but the file ends after %d; copy the file again",
              in.where(), count, in.position()));
    }
    return true;
  }

  /**
   * Passes over images.
   *
   * @param images at most as many as are left
   * @throws MalformedFileException if the file ends first
   */
  public void skip(long images) throws IOException {
    if (images > count - in.position()) {
      throw new IllegalArgumentException(
          String.format(
              "%s: cannot skip %d of the %d images from number %d",
              in.where(), images, count, in.position()));
    }
    in.skip(images, shape.elementCount());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
