package org.convoy.spark.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.convoy.spark.storage.Storage;

/** Pictures in tar archives, in their order. */
final class TarFiles implements ImageSet.Slicer {
  private final List<Part> parts = new ArrayList<>();

  /** Some pictures of one archive. */
  static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final String[] names;
    private final int[] labels;
    private final long[] offsets;
    private final long[] sizes;

    private Part(String archive, int size) {
      this.archive = archive;
      this.names = new String[size];
      this.labels = new int[size];
      this.offsets = new long[size];
      this.sizes = new long[size];
    }

    private Part(Part whole, int from, int to) {
      this.archive = whole.archive;
      this.names = Arrays.copyOfRange(whole.names, from, to);
      this.labels = Arrays.copyOfRange(whole.labels, from, to);
      this.offsets = Arrays.copyOfRange(whole.offsets, from, to);
      this.sizes = Arrays.copyOfRange(whole.sizes, from, to);
    }

    String archive() {
      return archive;
    }

    int size() {
      return names.length;
    }

    String key(int i) {
      return archive + "#" + names[i];
    }

    int label(int i) {
      return labels[i];
    }

    /** Of its bytes in the decompressed archive. */
    long offset(int i) {
      return offsets[i];
    }

    long size(int i) {
      return sizes[i];
    }
  }

  void add(String archive, List<TarListing.Entry> entries, ToIntFunction<String> labelOf) {
    Part part = new Part(archive, entries.size());
    for (int i = 0; i < entries.size(); i++) {
      TarListing.Entry entry = entries.get(i);
      part.names[i] = entry.name();
      part.labels[i] = labelOf.applyAsInt(entry.name());
      part.offsets[i] = entry.offset();
      part.sizes[i] = entry.size();
    }
    parts.add(part);
  }

  @Override
  public ImageSlice slice(long from, long to) {
    List<Part> some = new ArrayList<>();
    long start = 0;
    for (Part part : parts) {
      int first = (int) Math.max(from - start, 0);
      int end = (int) Math.min(to - start, part.size());
      if (first < end) {
        some.add(new Part(part, first, end));
      }
      start += part.size();
    }
    return new TarSlice(from, some);
  }

  @Override
  public ImageCatalogue catalogue(Storage storage, long count) {
    List<String> names = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Part part : parts) {
      for (int i = 0; i < part.size(); i++) {
        names.add(part.names[i]);
        labels.add(part.label(i));
      }
    }
    return ImageCatalogue.of(names, labels);
  }
}
