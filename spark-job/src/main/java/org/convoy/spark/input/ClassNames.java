package org.convoy.spark.input;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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
