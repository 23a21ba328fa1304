package org.convoy.spark.input;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;

/**
 * What lies among pictures and is none. Files: hidden ones, what file managers and Spark leave
 * behind, lists and descriptions. All other files count as pictures, and if they cannot be decoded,
 * they are reported. Folders: hidden ones, and those of file managers and Spark; one that is named
 * like a file, such as {@code license} or {@code v2.txt}, may well be a class.
 */
final class NoPictures {
  private static final int NAMES_SHOWN = 3;
  private static final Set<String> FOLDERS =
      Set.of("_success", "_metadata", "_temporary", "__macosx", "@eadir");
  private static final Set<String> FILES = Set.of("thumbs.db", "desktop.ini", "license");
  private static final Set<String> EXTENSIONS =
      Set.of("json", "txt", "csv", "tsv", "md", "xml", "yaml", "yml", "html", "log", "crc", "md5");

  private NoPictures() {}

  /** Whether a folder of this name is passed over, with all it holds. */
  static boolean isFolder(String name) {
    return name.startsWith(".") || FOLDERS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a file of this name is passed over. */
  static boolean isFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return isFolder(name)
        || FILES.contains(lower)
        || EXTENSIONS.contains(lower.substring(lower.lastIndexOf('.') + 1));
  }

  /** Whether a file or folder is passed over. */
  static boolean isOne(FileStatus status) {
    String name = status.getPath().getName();
    return status.isDirectory() ? isFolder(name) : isFile(name);
  }

  /** Whether any folder of a file's path, or the file, is passed over. */
  static boolean isOnPath(String path) {
    String[] names = path.split("/");
    int folders = names.length - 1;
    return Arrays.stream(names, 0, folders).anyMatch(NoPictures::isFolder)
        || isFile(names[folders]);
  }

  /** What a reader should know about files that were passed over, or nothing. */
  static List<String> notes(List<String> skipped) {
    return skipped.isEmpty()
        ? List.of()
        : List.of(
            String.format(
                "skipped %d files that are no pictures: %s", skipped.size(), some(skipped)));
  }

  /** The first names of a list and how many more there are. */
  static String some(List<String> names) {
    String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining("', '", "'", "'"));
    return names.size() <= NAMES_SHOWN
        ? shown
        : shown + " and " + (names.size() - NAMES_SHOWN) + " more";
  }
}
