package org.convoy.spark.input;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * Images of consecutive parts of several files, one after another; one file is open at a time.
 *
 * @param <P> what is known of the images of one file
 * @param <I> an open file
 */
abstract class PartedImages<P extends PartedImages.Sized, I extends Closeable>
    implements EncodedImages {
  private final Iterator<P> parts;
  private P part;
  private I in;
  private int next;
  private long id;

  /** A number of images. */
  interface Sized {
    int size();
  }

  PartedImages(long firstId, List<P> parts) {
    this.parts = parts.iterator();
    this.id = firstId;
  }

  /** Opens the file of a part. */
  abstract I open(P images) throws IOException;

  /**
   * Reads an image; all before it in its part were read, or passed over.
   *
   * @param i its place in the part
   */
  abstract EncodedImage read(I file, P images, int i, long imageId) throws IOException;

  /**
   * Passes over images of one part; nothing is to be done where any image can be read next.
   *
   * @param i place of the first in the part
   */
  void pass(I file, P images, int i, int count) throws IOException {}

  @Override
  public final EncodedImage next() throws IOException {
    return advance() ? read(in, part, next++, id++) : null;
  }

  @Override
  public final void skip(long count) throws IOException {
    long left = count;
    while (left > 0 && advance()) {
      int some = (int) Math.min(left, part.size() - next);
      pass(in, part, next, some);
      next += some;
      id += some;
      left -= some;
    }
  }

  /** Opens the file of the next image, if there is one. */
  private boolean advance() throws IOException {
    while (part == null || next == part.size()) {
      close();
      if (!parts.hasNext()) {
        return false;
      }
      part = parts.next();
      next = 0;
      in = open(part);
    }
    return true;
  }

  @Override
  public final void close() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
  }
}
