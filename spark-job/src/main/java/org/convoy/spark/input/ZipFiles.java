package org.convoy.spark.input;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Pictures in archives, in their order: what reading needs of the tables of contents. */
final class ZipFiles extends PartedFiles<ZipFiles.Part> {
  /** Some pictures of one archive. */
  static final class Part implements Serializable, PartedFiles.Part<Part> {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final String[] names;
    private final int[] labels;
    private final int[] crcs;
    private final boolean[] deflated;
    private final long[] compressedSizes;
    private final long[] sizes;
    private final long[] offsets;

    private Part(String archive, int size) {
      this.archive = archive;
      this.names = new String[size];
      this.labels = new int[size];
      this.crcs = new int[size];
      this.deflated = new boolean[size];
      this.compressedSizes = new long[size];
      this.sizes = new long[size];
      this.offsets = new long[size];
    }

    private Part(Part whole, int from, int to) {
      this.archive = whole.archive;
      this.names = Arrays.copyOfRange(whole.names, from, to);
      this.labels = Arrays.copyOfRange(whole.labels, from, to);
      this.crcs = Arrays.copyOfRange(whole.crcs, from, to);
      this.deflated = Arrays.copyOfRange(whole.deflated, from, to);
      this.compressedSizes = Arrays.copyOfRange(whole.compressedSizes, from, to);
      this.sizes = Arrays.copyOfRange(whole.sizes, from, to);
      this.offsets = Arrays.copyOfRange(whole.offsets, from, to);
    }

    private void set(int i, ZipDirectory.Entry entry, int label) {
      names[i] = entry.name();
      labels[i] = label;
      crcs[i] = entry.crc();
      deflated[i] = entry.method() != 0;
      compressedSizes[i] = entry.compressedSize();
      sizes[i] = entry.size();
      offsets[i] = entry.offset();
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

    int crc(int i) {
      return crcs[i];
    }

    boolean isDeflated(int i) {
      return deflated[i];
    }

    long compressedSize(int i) {
      return compressedSizes[i];
    }

    /** Bytes after decompression. */
    long size(int i) {
      return sizes[i];
    }

    /** Of the local header. */
    long offset(int i) {
      return offsets[i];
    }
  }

  void add(
      String archive, List<ZipDirectory.Entry> entries, ToIntFunction<ZipDirectory.Entry> labelOf) {
    Part part = new Part(archive, entries.size());
    for (int i = 0; i < entries.size(); i++) {
      part.set(i, entries.get(i), labelOf.applyAsInt(entries.get(i)));
    }
    add(part);
  }

  @Override
  ImageSlice slice(long firstId, List<Part> some) {
    return new ZipSlice(firstId, some);
  }
}
