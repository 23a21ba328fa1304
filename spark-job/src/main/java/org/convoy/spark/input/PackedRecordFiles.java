package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.convoy.spark.storage.Storage;

/** Packed sequence files, in their order. */
final class PackedRecordFiles implements ImageSet.Slicer {
  private final List<RecordPart> files = new ArrayList<>();
  private final RowLabels labels;

  PackedRecordFiles(RowLabels labels) {
    this.labels = labels;
  }

  void add(String file, int count) {
    files.add(new RecordPart(file, count));
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
