package org.convoy.spark.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.storage.StorageException;

/** Reads one picture's file. */
final class PictureFile {
  /** A picture of 40 million pixels without compression; a task holds one file at a time. */
  static final int MAXIMUM_BYTES = 128 << 20;

  private PictureFile() {}

  /**
   * The file as an image whose key is its path; an unreadable one, if it is gone, too long or
   * refused.
   *
   * @throws IOException if reading fails in a way that may not happen again
   */
  static EncodedImage read(Storage storage, long id, Path path, Annotation annotation)
      throws IOException {
    String key = path.toString();
    try {
      return EncodedImage.file(id, key, annotation, storage.read(path, MAXIMUM_BYTES));
    } catch (FileNotFoundException e) {
      return EncodedImage.unreadable(id, key, annotation, missing(path, e)).because(e);
    } catch (AccessControlException | ChecksumException | StorageException e) {
      return EncodedImage.unreadable(id, key, annotation, "cannot be read: " + e.getMessage())
          .because(e);
    } catch (IOException e) {
      throw new IOException(key + ": " + e.getMessage(), e);
    }
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
