package org.convoy.spark.input;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Pictures in tar archives, in their order. */
final class TarFiles extends PartedFiles<TarFiles.Part> {
  /** Some pictures of one archive. */
  static final class Part implements Serializable, PartedFiles.Part<Part> {
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

    @Override
    public int size() {
      return names.length;
    }

    String key(int i) {
      return archive + "#" + names[i];
    }

    @Override
    public String name(int i) {
      return names[i];
    }

    @Override
    public int label(int i) {
      return labels[i];
    }

    @Override
    public Part range(int from, int to) {
      return new Part(this, from, to);
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
    add(part);
  }

  @Override
  ImageSlice slice(long firstId, List<Part> some) {
    return new TarSlice(firstId, some);
  }
}
