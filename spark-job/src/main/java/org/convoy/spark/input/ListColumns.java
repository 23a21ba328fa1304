package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which columns of a list hold what. */
final class ListColumns {
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("file", "path"),
          Map.entry("filename", "path"),
          Map.entry("filepath", "path"),
          Map.entry("image", "path"),
          Map.entry("class", "label"),
          Map.entry("labels", "label"),
          Map.entry("xmin", "left"),
          Map.entry("ymin", "top"),
          Map.entry("xmax", "right"),
          Map.entry("ymax", "bottom"));

  private static final Set<String> NAMES =
      Set.of("path", "label", "left", "top", "right", "bottom", "width", "height");

  private final int columns;
  private final int path;
  private final int label;
  private final int[] box;
  private final BoxForm boxForm;

  private ListColumns(List<String> names) {
    this.columns = names.size();
    this.path = names.indexOf("path");
    this.label = names.indexOf("label");
    boolean sized = names.contains("width") && names.contains("height") && names.contains("left");
    boolean edged = names.contains("right") && names.contains("bottom") && names.contains("left");
    List<String> edges =
        edged
            ? List.of("left", "top", "right", "bottom")
            : List.of("left", "top", "width", "height");
    this.box = sized || edged ? edges.stream().mapToInt(names::indexOf).toArray() : new int[0];
    this.boxForm = edged ? BoxForm.EDGES : BoxForm.SIZES;
  }

  /**
   * Columns of these names.
   *
   * @throws IllegalArgumentException if there is no path, or a box without label or a fourth edge
   */
  static ListColumns of(List<String> names) {
    List<String> known = names.stream().map(ListColumns::usual).toList();
    ListColumns columns = new ListColumns(known);
    if (columns.path < 0) {
      throw new IllegalArgumentException(
          "columns must name a path, got " + String.join(", ", names));
    }
    if (known.contains("left") != columns.hasBoxes()
        || (columns.hasBoxes() && (columns.label < 0 || known.indexOf("top") < 0))) {
      throw new IllegalArgumentException(
          "boxes need the columns label, left, top and right, bottom or width, height; got "
              + String.join(", ", names));
    }
    return columns;
  }

  /** Whether fields are names of a path and other columns, and no values. */
  static boolean areNames(List<String> fields) {
    List<String> known = fields.stream().map(ListColumns::usual).toList();
    return known.size() > 1 && known.contains("path") && NAMES.containsAll(known);
  }

  private static String usual(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return OTHER_NAMES.getOrDefault(lower, lower);
  }

  /**
   * What the number of a line's fields tells: a path, a label, four edges.
   *
   * @throws IllegalArgumentException if it is neither 1, 2 nor 6
   */
  static ListColumns ofCount(int count) {
    if (count != 1 && count != 2 && count != 6) {
      throw new IllegalArgumentException(
          String.format(
              "lines have %d fields: expected a path, a label and four edges of a box, of which"
                  + " label and edges may be left out; set columns = […], or header = true",
              count));
    }
    return of(Stream.of("path", "label", "left", "top", "right", "bottom").limit(count).toList());
  }

  /** Fields of a line. */
  int count() {
    return columns;
  }

  boolean hasLabels() {
    return label >= 0;
  }

  boolean hasBoxes() {
    return box.length > 0;
  }

  /** As it is written; none if the line is too short. */
  Optional<String> path(List<String> fields) {
    return path < fields.size() ? Optional.of(fields.get(path)) : Optional.empty();
  }

  /** As it is written; blank if there is none. */
  String label(List<String> fields) {
    return label < 0 ? "" : fields.get(label).strip();
  }

  /**
   * Four numbers; none if all fields are blank.
   *
   * @throws IllegalArgumentException if they are no numbers
   */
  List<Double> box(List<String> fields) {
    List<Double> numbers = new ArrayList<>();
    for (int column : box) {
      String text = fields.get(column).strip();
      if (!text.isEmpty()) {
        numbers.add(number(text));
      }
    }
    return numbers;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number of pixels, got '" + text + "'", e);
    }
  }

  BoxForm boxForm() {
    return boxForm;
  }
}
