package org.convoy.spark.input;

import java.io.IOException;
import org.convoy.spark.storage.Storage;

/** Some of a source's images, in its order, numbered anew. */
final class ChosenImages implements ImageSet.Slicer {
  private final ImageSet.Slicer all;
  private final long[] ids;

  /**
   * @param ids of those that are chosen, ascending
   */
  ChosenImages(ImageSet.Slicer all, long[] ids) {
    this.all = all;
    this.ids = ids;
  }

  @Override
  public ImageSlice slice(long from, long to) {
    int first = Math.toIntExact(from);
    int end = Math.toIntExact(to);
    long start = ids[first];
    int[] skips = new int[end - first];
    for (int i = first; i < end; i++) {
      long before = i == first ? start : ids[i - 1] + 1;
      skips[i - first] = Math.toIntExact(ids[i] - before);
    }
    return new ChosenSlice(from, all.slice(start, ids[end - 1] + 1), skips);
  }

  @Override
  public ImageCatalogue catalogue(Storage storage, long count) throws IOException {
    ImageCatalogue catalogue = all.catalogue(storage, ids[ids.length - 1] + 1);
    return new ImageCatalogue() {
      @Override
      public String name(long id) {
        return catalogue.name(ids[Math.toIntExact(id)]);
      }

      @Override
      public int label(long id) {
        return catalogue.label(ids[Math.toIntExact(id)]);
      }
    };
  }
}
