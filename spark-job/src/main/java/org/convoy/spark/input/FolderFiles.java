package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The picture files of some folders, in their order; on the driver. */
final class FolderFiles implements ImageSet.Slicer {
  private final List<Folder> folders = new ArrayList<>();
  private long count;

  /** Files of one label, by their names below a directory. */
  private static final class Folder {
    private final String directory;
    private final int label;
    private final String[] names;
    private final long firstId;

    Folder(String directory, int label, String[] names, long firstId) {
      this.directory = directory;
      this.label = label;
      this.names = names;
      this.firstId = firstId;
    }
  }

  /**
   * @param names kept, not copied
   */
  void add(String directory, int label, String[] names) {
    folders.add(new Folder(directory, label, names, count));
    count += names.length;
  }

  long count() {
    return count;
  }

  @Override
  public ImageSlice slice(long from, long to) {
    FolderSlice slice = new FolderSlice(from);
    for (Folder folder : folders) {
      int start = (int) Math.max(from - folder.firstId, 0);
      int end = (int) Math.min(to - folder.firstId, folder.names.length);
      if (start < end) {
        slice.add(folder.directory, folder.label, Arrays.copyOfRange(folder.names, start, end));
      }
    }
    return slice;
  }
}
