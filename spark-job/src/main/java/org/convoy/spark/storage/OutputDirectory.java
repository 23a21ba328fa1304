package org.convoy.spark.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory that one run writes to: its own, and known to be writable before the run starts.
 */
public final class OutputDirectory {
  /**
   * The list of images that a run leaves out. Where it lies alone, the run was refused for them and
   * wrote nothing else: the next one may replace it.
   */
  public static final String QUARANTINE = "quarantine.jsonl";

  private static final int NAMES_SHOWN = 3;
  private static final String PROBE = "_convoy_may_write_here";

  private final Storage storage;
  private final Path path;

  private OutputDirectory(Storage storage, Path path) {
    this.storage = storage;
    this.path = path;
  }

  /**
   * Makes sure that there is an empty directory which can be written to.
   *
   * @param location where; nothing, or a directory that is empty or holds only the list of a run
   *     that was refused, unless {@code overwrite}
   * @param overwrite whether to delete what the directory holds
   * @param inputs what the run reads: never deleted
   * @throws StorageException if the location is taken, precious or not writable
   */
  public static OutputDirectory prepare(
      Storage storage, String location, boolean overwrite, List<Path> inputs) throws IOException {
    Path path = storage.resolve(location);
    for (FileStatus file : replaceable(storage, path, overwrite, inputs)) {
      storage.delete(file.getPath());
    }
    checkWritable(storage, path);
    return new OutputDirectory(storage, path);
  }

  /**
   * Refuses what {@link #prepare} refuses, and leaves everything as it is: whether files may be
   * written is tried in the nearest directory above that is there.
   *
   * @return bytes that are free where the directory lies; {@link Long#MAX_VALUE} where the file
   *     system does not count them
   * @throws StorageException if the location is taken, precious or not writable
   */
  public static long check(Storage storage, String location, boolean overwrite, List<Path> inputs)
      throws IOException {
    replaceable(storage, storage.resolve(location), overwrite, inputs);
    return free(storage, location);
  }

  /**
   * Whether files may be written there, as {@link #reopen} wants it, with everything left as it is.
   *
   * @return bytes that are free, as {@link #check} counts them
   * @throws StorageException if they may not
   */
  public static long free(Storage storage, String location) throws IOException {
    Path present = storage.resolve(location);
    while (!storage.exists(present) && present.getParent() != null) {
      present = present.getParent();
    }
    checkWritable(storage, present);
    return storage.fileSystem(present).getStatus(present).getRemaining();
  }

  /** What would have to go, if it may. */
  private static List<FileStatus> replaceable(
      Storage storage, Path path, boolean overwrite, List<Path> inputs) throws IOException {
    List<FileStatus> held = contentOf(storage, path);
    if (!held.isEmpty() && !overwrite && !isRefusal(held)) {
      throw new StorageException(
          String.format(
              "output %s is not empty, it holds %s: choose another directory, or set"
                  + " output.overwrite=true (visualize: --overwrite) to delete what it holds",
              path, summary(held)));
    }
    if (!held.isEmpty()) {
      checkNotPrecious(storage, path, inputs);
    }
    return held;
  }

  private static boolean isRefusal(List<FileStatus> held) {
    return held.size() == 1 && held.get(0).getPath().getName().equals(QUARANTINE);
  }

  /**
   * A directory that a run wrote before, to be continued.
   *
   * @throws StorageException if there is no such directory, or it cannot be written to
   */
  public static OutputDirectory reopen(Storage storage, String location) throws IOException {
    Path path = storage.resolve(location);
    if (!storage.exists(path)) {
      throw new StorageException("there is no run to continue: " + path + " does not exist");
    }
    contentOf(storage, path);
    checkWritable(storage, path);
    return new OutputDirectory(storage, path);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** A file or directory in it. */
  public Path resolve(String name) {
    return Storage.child(path, name);
  }

  /** {@link Storage#writeText} of a file in it. */
  public void writeText(String name, String text) throws IOException {
    storage.writeText(resolve(name), text);
  }

  /** Deletes a file in it, if it is there. */
  public void delete(String name) throws IOException {
    storage.delete(resolve(name));
  }

  private static List<FileStatus> contentOf(Storage storage, Path path) throws IOException {
    try {
      if (!storage.status(path).isDirectory()) {
        throw new StorageException(
            "output " + path + " is a file: choose a directory, or a name that is free");
      }
      return storage.list(path).stream()
          .filter(file -> !isLeftOver(file.getPath().getName()))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /**
   * Whether a file of that name was left by a program that was killed: the probe, or a file that
   * had not come to its name.
   */
  public static boolean isLeftOver(String name) {
    return name.equals(PROBE) || (name.startsWith(".") && name.endsWith(".tmp"));
  }

  private static String summary(List<FileStatus> held) {
    String names =
        held.stream()
            .limit(NAMES_SHOWN)
            .map(status -> status.getPath().getName())
            .collect(Collectors.joining(", "));
    return held.size() <= NAMES_SHOWN
        ? names
        : names + " and " + (held.size() - NAMES_SHOWN) + " more";
  }

  /** Refuses to empty directories that hold more than a run's results. */
  private static void checkNotPrecious(Storage storage, Path path, List<Path> inputs)
      throws IOException {
    FileSystem system = storage.fileSystem(path);
    for (Path input : inputs) {
      refuse(path, input, "the run's input");
    }
    refuse(path, system.makeQualified(system.getHomeDirectory()), "the home directory");
    refuse(path, system.makeQualified(system.getWorkingDirectory()), "the working directory");
  }

  private static void refuse(Path output, Path precious, String what) throws StorageException {
    for (Path place = precious; place != null; place = place.getParent()) {
      if (place.equals(output)) {
        throw new StorageException(
            String.format(
                "output %s is not emptied for output.overwrite=true, because %s is, or lies in,"
                    + " that directory (%s): choose another directory",
                output, what, precious));
      }
    }
  }

  private static void checkWritable(Storage storage, Path path) throws StorageException {
    Path probe = new Path(path, PROBE);
    try {
      storage.createDirectory(path);
      storage.writeText(probe, "");
      storage.delete(probe);
    } catch (IOException e) {
      throw new StorageException(
          String.format(
              "output %s cannot be written to (%s): choose another directory, or give the user"
                  + " that runs this the right to write there",
              path, e.getMessage()),
          e);
    }
  }
}
