package org.convoy.optim;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Patterns over parameter names: {@code *} is any text, {@code ?} any one character. */
public final class Glob {
  private static final int SHOWN = 3;

  private Glob() {}

  /** Whether the pattern fits the whole name. */
  static boolean matches(String pattern, String name) {
    return distance(pattern, name) == 0;
  }

  /**
   * The names that a pattern matches.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest
   */
  public static List<String> matching(String pattern, List<String> names) {
    List<String> found = names.stream().filter(name -> matches(pattern, name)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "no parameter of the network matches '%s'; the nearest are %s (* is any text)",
              pattern, String.join(", ", nearest(pattern, names))));
    }
    return found;
  }

  /** Up to three names that the pattern misses by the fewest changed characters. */
  private static List<String> nearest(String pattern, Collection<String> names) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> distance(pattern, name)))
        .limit(SHOWN)
        .toList();
  }

  /**
   * Levenshtein distance from the nearest text that the pattern matches: 0 exactly when the name
   * matches.
   */
  private static int distance(String pattern, String name) {
    int[] row = new int[name.length() + 1];
    for (int j = 0; j <= name.length(); j++) {
      row[j] = j;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char wanted = pattern.charAt(i);
      int diagonal = row[0];
      row[0] = wanted == '*' ? row[0] : row[0] + 1;
      for (int j = 1; j <= name.length(); j++) {
        boolean fits = wanted == '?' || wanted == name.charAt(j - 1);
        int above = row[j];
        row[j] =
            wanted == '*'
                ? Math.min(above, row[j - 1])
                : Math.min(diagonal + (fits ? 0 : 1), 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[name.length()];
  }
}
