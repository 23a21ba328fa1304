package org.convoy.spark.input;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Pictures in sequence files, in their order. */
final class SequenceFiles extends PartedFiles<SequenceFiles.Part> {
  /** Some records of one file. */
  static final class Part implements Serializable, PartedFiles.Part<Part> {
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

    @Override
    public int size() {
      return labels.length;
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
  }

  @Override
  ImageSlice slice(long firstId, List<Part> some) {
    return new SequenceFileSlice(firstId, some);
  }
}
