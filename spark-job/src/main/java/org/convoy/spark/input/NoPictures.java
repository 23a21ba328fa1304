package org.convoy.spark.input;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files that lie among pictures and are none: hidden ones, what file managers and Spark leave
 * behind, lists and descriptions. All other files count as pictures, and if they cannot be decoded,
 * they are reported.
 */
final class NoPictures {
  private static final int NAMES_SHOWN = 3;
  private static final Set<String> NAMES =
      Set.of("thumbs.db", "desktop.ini", "_success", "_metadata", "__macosx", "@eadir", "license");
  private static final Set<String> EXTENSIONS =
      Set.of("json", "txt", "csv", "tsv", "md", "xml", "yaml", "yml", "html", "log", "crc", "md5");

  private NoPictures() {}

  /** Whether a file or folder of this name is passed over. */
  static boolean isOne(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(".")
        || NAMES.contains(lower)
        || EXTENSIONS.contains(lower.substring(lower.lastIndexOf('.') + 1));
  }

  /** Whether any folder of a path, or its file, is passed over. */
  static boolean isOnPath(String path) {
    return Arrays.stream(path.split("/")).anyMatch(NoPictures::isOne);
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
