package org.convoy.spark.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.storage.StorageException;

/** Looks up what a recipe names; what is not there becomes a problem in a list. */
final class InputFiles {
  private InputFiles() {}

  /** The file that a field of the recipe names; null, and a problem more, if there is none. */
  static Path requireFile(Storage storage, String location, String field, List<String> problems)
      throws IOException {
    FileStatus status = require(storage, location, field, problems);
    if (status != null && status.isDirectory()) {
      problems.add(field + ": expected a file, but " + status.getPath() + " is a directory");
      return null;
    }
    return status == null ? null : status.getPath();
  }

  /** The directory that a field names; null, and a problem more, if there is none. */
  static Path requireDirectory(
      Storage storage, String location, String field, List<String> problems) throws IOException {
    FileStatus status = require(storage, location, field, problems);
    if (status != null && !status.isDirectory()) {
      problems.add(field + ": expected a directory, but " + status.getPath() + " is a file");
      return null;
    }
    return status == null ? null : status.getPath();
  }

  /** What a location or pattern names; nothing, and a problem more, if there is nothing. */
  static List<FileStatus> matches(
      Storage storage, String location, String field, List<String> problems) throws IOException {
    try {
      List<FileStatus> matches = storage.glob(location);
      if (matches.isEmpty()) {
        problems.add(field + ": " + notFound(storage, location));
      }
      return matches;
    } catch (StorageException e) {
      problems.add(field + ": " + e.getMessage());
      return List.of();
    }
  }

  private static FileStatus require(
      Storage storage, String location, String field, List<String> problems) throws IOException {
    try {
      return storage.status(storage.resolve(location));
    } catch (FileNotFoundException e) {
      problems.add(field + ": " + notFound(storage, location));
    } catch (StorageException e) {
      problems.add(field + ": " + e.getMessage());
    }
    return null;
  }

  /** A copy of the locations, if there are any. */
  static List<String> checkLocations(String field, List<String> locations) {
    if (locations.isEmpty()) {
      throw new IllegalArgumentException(field + " must name at least one file or directory");
    }
    return List.copyOf(locations);
  }

  /**
   * The files that locations name: files, patterns, or directories, of which those with the given
   * endings are taken. They come in the order of their names, whatever the order they are given in.
   */
  static List<Path> find(
      Storage storage,
      String field,
      List<String> locations,
      List<String> endings,
      List<String> problems)
      throws IOException {
    Kind kind =
        new Kind(
            String.join(" or ", endings),
            name -> endings.stream().anyMatch(name::endsWith),
            /* recursive= */ false);
    return find(storage, field, locations, kind, problems);
  }

  /**
   * Which files of a directory are taken.
   *
   * @param what messages call them, before "file"
   * @param recursive whether those in folders below it are taken, too
   */
  record Kind(String what, Predicate<String> taken, boolean recursive) {
    /** All but hidden ones, and those that Hadoop and Spark write beside data. */
    static boolean isData(String name) {
      return !name.startsWith("_") && !name.startsWith(".");
    }
  }

  /** {@link #find(Storage, String, List, List, List)} of another kind of files. */
  static List<Path> find(
      Storage storage, String field, List<String> locations, Kind kind, List<String> problems)
      throws IOException {
    Map<Path, String> found =
        new TreeMap<>(Comparator.comparing(Path::getName).thenComparing(Path::toString));
    for (String location : locations) {
      List<FileStatus> matches = matches(storage, location, field, problems);
      for (Path file : filesOf(storage, field, matches, kind, problems)) {
        String before = found.put(file, location);
        if (before != null) {
          problems.add(
              String.format(
                  "%s: %s is named twice, by %s and by %s", field, file, before, location));
        }
      }
    }
    return List.copyOf(found.keySet());
  }

  private static List<Path> filesOf(
      Storage storage, String field, List<FileStatus> matches, Kind kind, List<String> problems)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (FileStatus match : matches) {
      if (match.isFile()) {
        files.add(match.getPath());
        continue;
      }
      int before = files.size();
      addFiles(storage, match.getPath(), kind, files);
      if (files.size() == before) {
        problems.add(
            String.format("%s: there is no %s file in %s", field, kind.what(), match.getPath()));
      }
    }
    return files;
  }

  private static void addFiles(Storage storage, Path directory, Kind kind, List<Path> files)
      throws IOException {
    for (FileStatus status : storage.list(directory)) {
      String name = status.getPath().getName();
      if (status.isFile() && kind.taken().test(name)) {
        files.add(status.getPath());
      } else if (status.isDirectory() && kind.recursive() && Kind.isData(name)) {
        addFiles(storage, status.getPath(), kind, files);
      }
    }
  }

  /** Says where a location was looked for, if that is not plain from how it is written. */
  static String notFound(Storage storage, String location) throws StorageException {
    String resolved = storage.resolve(location).toString();
    return resolved.equals(location)
        ? location + " does not exist"
        : "'" + location + "' does not exist; it was looked for as " + resolved;
  }
}
