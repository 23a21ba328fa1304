package org.convoy.spark.storage;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Hadoop's listing of a local directory leaves out, in silence, what it cannot look at: links that
 * lead nowhere, and names with letters that a JVM in the C locale cannot express. A listing must
 * not lose an image in silence.
 */
final class LocalNames {
  private static final int NAMES_SHOWN = 3;

  private LocalNames() {}

  static void checkAllListed(Path directory, int listed) throws StorageException {
    if (!"file".equals(directory.toUri().getScheme())) {
      return;
    }
    File local = new File(directory.toUri().getPath());
    String[] names = local.list();
    if (names == null) {
      return;
    }
    List<String> expected = Arrays.stream(names).filter(name -> !isChecksum(name)).toList();
    List<String> lost =
        expected.size() == listed
            ? List.of()
            : expected.stream().filter(name -> !new File(local, name).exists()).sorted().toList();
    if (!lost.isEmpty()) {
      throw new StorageException(
          String.format(
              "%s: %d of %d names cannot be opened: %s. Links that lead nowhere are to be removed;"
                  + " for letters outside of ASCII this JVM (sun.jnu.encoding=%s) must be started"
                  + " in a UTF-8 locale, such as LC_ALL=C.UTF-8",
              directory,
              lost.size(),
              expected.size(),
              lost.stream().limit(NAMES_SHOWN).collect(Collectors.joining("', '", "'", "'")),
              System.getProperty("sun.jnu.encoding")));
    }
  }

  /** What Hadoop's local file system keeps beside a file and never lists. */
  private static boolean isChecksum(String name) {
    return name.startsWith(".") && name.endsWith(".crc");
  }
}
