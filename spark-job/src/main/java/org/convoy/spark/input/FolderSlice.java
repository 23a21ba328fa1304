package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/** Consecutive picture files, by their names in one or several directories. */
final class FolderSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final long firstId;
  private final List<String> directories = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final List<String[]> names = new ArrayList<>();

  FolderSlice(long firstId) {
    this.firstId = firstId;
  }

  /** Continues the slice with files of one directory. */
  void add(String directory, int label, String[] fileNames) {
    directories.add(directory);
    labels.add(label);
    names.add(fileNames);
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage);
  }

  private final class Images implements EncodedImages {
    private final Storage storage;
    private int part;
    private Path directory = new Path(directories.get(0));
    private int file;
    private long id = firstId;

    Images(Storage storage) {
      this.storage = storage;
    }

    @Override
    public EncodedImage next() throws IOException {
      if (!advance()) {
        return null;
      }
      Path path = Storage.child(directory, names.get(part)[file - 1]);
      return PictureFile.read(storage, id - 1, path, Annotation.ofLabel(labels.get(part)));
    }

    /** Goes to the next file, if there is one. */
    private boolean advance() {
      while (part < names.size() && file == names.get(part).length) {
        part++;
        file = 0;
        directory = part < names.size() ? new Path(directories.get(part)) : directory;
      }
      if (part == names.size()) {
        return false;
      }
      file++;
      id++;
      return true;
    }

    @Override
    public void skip(long count) {
      for (long i = 0; i < count; i++) {
        advance();
      }
    }

    @Override
    public void close() {}
  }
}
