package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.convoy.description.Json;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.storage.StorageException;

/**
 * The file {@code _packing.json} in a directory that {@code convoy pack} writes to: there before
 * anything else, and gone when all else is there. So what a packing that was killed has left is
 * known from what anybody else wrote, and may be replaced. One packing at a time.
 */
public final class PackingMark {
  /** Its name. */
  public static final String FILE = "_packing.json";

  private static final int NAMES_SHOWN = 3;
  private static final Pattern SHARD = Pattern.compile("part-\\d{5,}\\.(parquet|seq)");

  private final Storage storage;
  private final Path directory;
  private final List<String> folders;

  /**
   * @param folders in the directory that images are packed to, beside the directory itself
   */
  public PackingMark(Storage storage, Path directory, List<String> folders) {
    this.storage = storage;
    this.directory = directory;
    this.folders = List.copyOf(folders);
  }

  /** Says that what comes now is not whole. */
  public void set() throws IOException {
    storage.writeText(
        Storage.child(directory, FILE),
        Json.write(Map.of("what", "images being packed; not whole while this file is here")));
  }

  /** Says that all is there. */
  public void remove() throws IOException {
    storage.delete(Storage.child(directory, FILE));
  }

  /**
   * Deletes what a packing has left that did not come to its end, the mark last.
   *
   * @param inputs what is read now: never deleted
   * @return whether there was a mark
   * @throws StorageException if anything else is there, too, or an input; nothing is deleted then
   */
  public boolean clear(List<Path> inputs) throws IOException {
    if (!storage.exists(Storage.child(directory, FILE))) {
      return false;
    }
    for (Path input : inputs) {
      for (Path place = input; place != null; place = place.getParent()) {
        if (place.equals(directory)) {
          throw refused("what is to be packed now lies there (" + input + ")");
        }
      }
    }
    List<Path> own = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    look(directory, "", own, foreign);
    if (!foreign.isEmpty()) {
      throw refused(
          "it also holds what pack did not write: "
              + String.join(", ", foreign.subList(0, Math.min(NAMES_SHOWN, foreign.size()))));
    }
    for (Path path : own) {
      storage.delete(path);
    }
    remove();
    return true;
  }

  private StorageException refused(String why) {
    return new StorageException(
        String.format(
            "output %s holds images whose packing did not come to its end, but is not emptied,"
                + " because %s; choose another directory",
            directory, why));
  }

  private void look(Path place, String prefix, List<Path> own, List<String> foreign)
      throws IOException {
    for (FileStatus status : storage.list(place)) {
      String name = status.getPath().getName();
      if (status.isDirectory() && prefix.isEmpty() && folders.contains(name)) {
        look(status.getPath(), name + "/", own, foreign);
        own.add(status.getPath());
      } else if (status.isFile() && isOwn(name)) {
        own.add(status.getPath());
      } else if (!name.equals(FILE)) {
        foreign.add(prefix + name);
      }
    }
  }

  private static boolean isOwn(String name) {
    return SHARD.matcher(name).matches()
        || name.equals(PackedManifest.FILE)
        || OutputDirectory.isLeftOver(name);
  }
}
