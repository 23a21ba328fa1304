package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.spark.storage.Storage;

/** The picture files of some folders, in their order; on the driver. */
final class FolderFiles implements ImageSet.Slicer {
  private final List<Folder> folders = new ArrayList<>();
  private long count;

  /** Files of one label, by their names below a directory. */
  private static final class Folder {
    private final String directory;
    private final String group;
    private final int label;
    private final String[] names;
    private final long firstId;

    Folder(String directory, String group, int label, String[] names, long firstId) {
      this.directory = directory;
      this.group = group;
      this.label = label;
      this.names = names;
      this.firstId = firstId;
    }
  }

  /**
   * @param group what stands before the names in the catalogue
   * @param names kept, not copied
   */
  void add(String directory, String group, int label, String[] names) {
    folders.add(new Folder(directory, group, label, names, count));
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

  @Override
  public ImageCatalogue catalogue(Storage storage, long imageCount) {
    List<String> names = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Folder folder : folders) {
      for (String name : folder.names) {
        names.add(folder.group + name);
        labels.add(folder.label);
      }
    }
    return ImageCatalogue.of(names, labels);
  }
}
