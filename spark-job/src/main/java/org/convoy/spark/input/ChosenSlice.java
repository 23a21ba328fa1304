package org.convoy.spark.input;

import java.io.IOException;
import org.convoy.spark.storage.Storage;

/** Some images of another slice, numbered anew. */
final class ChosenSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final long firstId;
  private final ImageSlice all;
  private final int[] skips;

  /**
   * @param skips images to pass over before each one
   */
  ChosenSlice(long firstId, ImageSlice all, int[] skips) {
    this.firstId = firstId;
    this.all = all;
    this.skips = skips;
  }

  @Override
  public EncodedImages open(Storage storage) throws IOException {
    return new Images(all.open(storage));
  }

  private final class Images implements EncodedImages {
    private final EncodedImages in;
    private int position;

    Images(EncodedImages in) {
      this.in = in;
    }

    @Override
    public EncodedImage next() throws IOException {
      if (position == skips.length) {
        return null;
      }
      in.skip(skips[position]);
      EncodedImage image = in.next();
      if (image == null) {
        throw new IOException("the source changed while it was read: it has fewer images now");
      }
      return image.withId(firstId + position++);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
