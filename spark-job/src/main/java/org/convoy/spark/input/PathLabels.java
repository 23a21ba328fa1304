package org.convoy.spark.input;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.convoy.spark.input.FolderSource.Labels;

/**
 * The class that a picture's path tells. Written as in a recipe: {@code folders} is the first
 * folder of a path below a root, {@code parent} the last, {@code partition} a folder {@code
 * NAME=class}.
 *
 * @param partition name of the partition folders
 */
record PathLabels(Labels labels, String partition) implements Serializable {
  /** Paths tell nothing. */
  static final PathLabels NONE = new PathLabels(Labels.NONE, "");

  private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

  /**
   * The class of a picture at a path below a root; none if the path does not tell any, or labels
   * are not wanted.
   */
  Optional<String> classOf(String path) {
    List<String> names = Arrays.asList(path.split("/"));
    List<String> folders = names.subList(0, names.size() - 1);
    return switch (labels) {
      case FOLDERS -> folders.stream().findFirst();
      case PARENT -> parentOf(path);
      case PARTITION -> partitionOf(folders);
      case NONE -> Optional.empty();
    };
  }

  private Optional<String> partitionOf(List<String> folders) {
    String prefix = partition + "=";
    return folders.stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> unescaped(name.substring(prefix.length())))
        .filter(name -> !name.isEmpty() && !name.equals(HIVE_NULL))
        .reduce((above, below) -> below);
  }

  /** Hive writes what a folder's name cannot hold as a percent sign and two hexadecimal digits. */
  private static String unescaped(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      boolean escape =
          name.charAt(i) == '%'
              && i + 2 < name.length()
              && Character.digit(name.charAt(i + 1), 16) >= 0
              && Character.digit(name.charAt(i + 2), 16) >= 0;
      text.append(escape ? (char) Integer.parseInt(name, i + 1, i + 3, 16) : name.charAt(i));
      i += escape ? 2 : 0;
    }
    return text.toString();
  }

  /** Name of the innermost folder of a path, such as a key; none if there is no folder. */
  static Optional<String> parentOf(String path) {
    String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    return Optional.of(name).filter(text -> !text.isEmpty());
  }
}
