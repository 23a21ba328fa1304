package org.convoy.spark.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.storage.StorageException;

/** Consecutive picture files, by their names in one or several directories. */
final class FolderSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  /** A picture of 40 million pixels without compression; a task holds one file at a time. */
  static final int MAXIMUM_BYTES = 128 << 20;

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
    private int file;
    private long id = firstId;

    Images(Storage storage) {
      this.storage = storage;
    }

    @Override
    public EncodedImage next() throws IOException {
      while (part < names.size() && file == names.get(part).length) {
        part++;
        file = 0;
      }
      if (part == names.size()) {
        return null;
      }
      Path path = Storage.child(new Path(directories.get(part)), names.get(part)[file++]);
      return read(id++, path, labels.get(part));
    }

    private EncodedImage read(long imageId, Path path, int label) throws IOException {
      String key = path.toString();
      try {
        return EncodedImage.file(imageId, key, label, storage.read(path, MAXIMUM_BYTES));
      } catch (FileNotFoundException e) {
        return EncodedImage.unreadable(imageId, key, label, missing(path, e));
      } catch (AccessControlException | ChecksumException | StorageException e) {
        return EncodedImage.unreadable(imageId, key, label, "cannot be read: " + e.getMessage());
      } catch (IOException e) {
        throw new IOException(key + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {}
  }

  private static String missing(Path path, FileNotFoundException e) throws IOException {
    String reason = "cannot be opened: " + e.getMessage();
    return "file".equals(path.toUri().getScheme())
        ? String.format(
            "%s (on %s; local files must be on every executor)",
            reason, InetAddress.getLocalHost().getHostName())
        : reason;
  }
}
