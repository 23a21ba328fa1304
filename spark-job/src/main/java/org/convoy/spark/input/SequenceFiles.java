package org.convoy.spark.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.spark.storage.Storage;

/** Pictures in sequence files, in their order. */
final class SequenceFiles implements ImageSet.Slicer {
  private final List<Part> parts = new ArrayList<>();

  /** Some records of one file. */
  static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long first;
    private final long position;
    private final int skipped;
    private final long[] positions;
    private final int[] skips;
    private final int[] labels;
    private final String[] names;

    /**
     * @param names the records' keys
     * @param positions of the records, or of their blocks
     * @param skips records of the same block before each
     */
    Part(String file, String[] names, long[] positions, int[] skips, int[] labels) {
      this.file = file;
      this.first = 0;
      this.position = 0;
      this.skipped = 0;
      this.positions = positions;
      this.skips = skips;
      this.labels = labels;
      this.names = names;
    }

    /** A range of a file; where it begins is all that reading needs to know. */
    private Part(Part whole, int from, int to) {
      this.file = whole.file;
      this.first = from;
      this.position = whole.positions[from];
      this.skipped = whole.skips[from];
      this.positions = new long[0];
      this.skips = new int[0];
      this.labels = Arrays.copyOfRange(whole.labels, from, to);
      this.names = new String[0];
    }

    String file() {
      return file;
    }

    /** Place of the first record in the file, from 0. */
    long first() {
      return first;
    }

    /** Where the first record or its block begins. */
    long position() {
      return position;
    }

    /** Records of its block before the first. */
    int skipped() {
      return skipped;
    }

    int size() {
      return labels.length;
    }

    int label(int i) {
      return labels[i];
    }
  }

  void add(Part part) {
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
    return new SequenceFileSlice(from, some);
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
