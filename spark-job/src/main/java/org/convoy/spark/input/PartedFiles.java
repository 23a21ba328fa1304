package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.List;
import org.convoy.spark.storage.Storage;

/**
 * Pictures that lie in several files, many in each, in their order; on the driver.
 *
 * @param <P> what is known of some pictures of one file
 */
abstract class PartedFiles<P extends PartedFiles.Part<P>> implements ImageSet.Slicer {
  private final List<P> parts = new ArrayList<>();

  /** Some pictures of one file. */
  interface Part<P> extends PartedImages.Sized {
    /** What a picture is called in the catalogue. */
    String name(int i);

    int label(int i);

    /** Pictures {@code from}..{@code to}-1, at least one. */
    P range(int from, int to);
  }

  final void add(P part) {
    parts.add(part);
  }

  /** The slice that reads some of them. */
  abstract ImageSlice slice(long firstId, List<P> some);

  @Override
  public final ImageSlice slice(long from, long to) {
    List<P> some = new ArrayList<>();
    long start = 0;
    for (P part : parts) {
      int first = (int) Math.max(from - start, 0);
      int end = (int) Math.min(to - start, part.size());
      if (first < end) {
        some.add(part.range(first, end));
      }
      start += part.size();
    }
    return slice(from, some);
  }

  @Override
  public final ImageCatalogue catalogue(Storage storage, long count) {
    List<String> names = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (P part : parts) {
      for (int i = 0; i < part.size(); i++) {
        names.add(part.name(i));
        labels.add(part.label(i));
      }
    }
    return ImageCatalogue.of(names, labels);
  }
}
