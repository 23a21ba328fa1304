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
  interface Part<P extends Part<P>> extends FilePart<P> {
    /** What a picture is called in the catalogue. */
    String name(int i);

    int label(int i);
  }

  final void add(P part) {
    parts.add(part);
  }

  /** The slice that reads some of them. */
  abstract ImageSlice slice(long firstId, List<P> some);

  @Override
  public final ImageSlice slice(long from, long to) {
    return slice(from, FilePart.range(parts, from, to));
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
