package org.convoy.spark.input;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.convoy.data.idx.IdxImageReader;
import org.convoy.spark.storage.Storage;

/**
 * Consecutive images of an IDX file with their labels. A compressed file is read from its start.
 */
final class IdxSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long from;
  private final int[] labels;

  /**
   * @param labels one for each image of the slice
   */
  IdxSlice(String file, long from, int[] labels) {
    this.file = file;
    this.from = from;
    this.labels = labels;
  }

  @Override
  public EncodedImages open(Storage storage) throws IOException {
    IdxImageReader in = IdxImageReader.open(storage.open(new Path(file)), file);
    try {
      in.skip(from);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
    return new Images(in);
  }

  private final class Images implements EncodedImages {
    private final IdxImageReader in;
    private int position;

    Images(IdxImageReader in) {
      this.in = in;
    }

    @Override
    public EncodedImage next() throws IOException {
      if (position == labels.length) {
        return null;
      }
      byte[] pixels = new byte[in.imageShape().elementCount()];
      if (!in.next(pixels, 0)) {
        throw new IOException(file + " changed while it was read: it has fewer images now");
      }
      long id = from + position;
      int label = labels[position++];
      return EncodedImage.pixels(id, file + "#" + id, label, in.imageShape(), pixels);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
