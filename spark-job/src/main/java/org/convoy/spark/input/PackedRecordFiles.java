package org.convoy.spark.input;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.convoy.spark.storage.Storage;

/** Packed sequence files, in their order. */
final class PackedRecordFiles implements ImageSet.Slicer {
  private final List<Part> files = new ArrayList<>();
  private final RowLabels labels;

  /** Some records of one file. */
  static final class Part implements Serializable, FilePart<Part> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int first;
    private final int count;

    private Part(String file, int first, int count) {
      this.file = file;
      this.first = first;
      this.count = count;
    }

    String file() {
      return file;
    }

    /** Place of the first record in the file, from 0. */
    int first() {
      return first;
    }

    @Override
    public int size() {
      return count;
    }

    @Override
    public Part range(int from, int to) {
      return new Part(file, first + from, to - from);
    }
  }

  PackedRecordFiles(RowLabels labels) {
    this.labels = labels;
  }

  void add(String file, int count) {
    files.add(new Part(file, 0, count));
  }

  @Override
  public ImageSlice slice(long from, long to) {
    return new PackedRecordSlice(from, labels, FilePart.range(files, from, to));
  }

  @Override
  public ImageCatalogue catalogue(Storage storage, long count) throws IOException {
    return ImageCatalogue.read(
        new PackedRecordSlice(0, labels, List.copyOf(files)).withoutPictures(), storage);
  }
}
