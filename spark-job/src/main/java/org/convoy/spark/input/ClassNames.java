package org.convoy.spark.input;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.convoy.description.Nearest;

/** Names of labels. */
final class ClassNames {
  private ClassNames() {}

  /** A copy of the names, if they are different from each other and not blank. */
  static List<String> check(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("classes must have names, got '" + name + "'");
      } else if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "classes must have different names, got '" + name + "' twice");
      }
    }
    return List.copyOf(names);
  }

  /** {@code 0}, {@code 1} … up to {@code count - 1}. */
  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /**
   * The classes of a source: those that are given, or else those that were found, sorted by {@link
   * String#compareTo}.
   *
   * @param found names of all classes that images have
   * @param given names in the order of their labels, or nothing
   * @param field of the recipe, for messages
   * @param problems gets one more for each class that was found and is not among the given ones
   */
  static List<String> of(
      Collection<String> found, List<String> given, String field, List<String> problems) {
    SortedSet<String> sorted = new TreeSet<>(found);
    if (given.isEmpty()) {
      return List.copyOf(sorted);
    }
    for (String name : sorted) {
      if (!given.contains(name)) {
        problems.add(
            String.format(
                "%s: there are images of class '%s', but classes names only %s%s; add it there, or"
                    + " leave out those images",
                field, name, String.join(", ", given), Nearest.suggestion(name, given)));
      }
    }
    return given;
  }

  /** Places of names in their list. */
  static Map<String, Integer> numbered(List<String> classes) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    classes.forEach(name -> numbers.put(name, numbers.size()));
    return numbers;
  }

  /** What a reader should know about given classes of which there is no image, or nothing. */
  static List<String> absent(List<String> classes, Collection<String> found) {
    long[] images = new long[classes.size()];
    Arrays.setAll(images, label -> found.contains(classes.get(label)) ? 1 : 0);
    return notes(classes, images);
  }

  /** What a reader should know about classes without images, or nothing. */
  static List<String> notes(List<String> classes, long[] imagesOfClass) {
    List<String> without =
        IntStream.range(0, classes.size())
            .filter(label -> imagesOfClass[label] == 0)
            .mapToObj(classes::get)
            .toList();
    return without.isEmpty()
        ? List.of()
        : List.of("no image is of class " + String.join(", ", without));
  }
}
