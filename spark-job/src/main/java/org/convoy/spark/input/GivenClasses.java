package org.convoy.spark.input;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.convoy.description.Described;
import org.convoy.description.Json;
import org.convoy.spark.storage.Storage;

/**
 * Names of classes that a recipe gives, in the order of their labels: a list, or the location of a
 * text file in UTF-8 with one name a line. Neither means that the images tell their classes.
 *
 * @param names empty if there is a file
 * @param file on any Hadoop file system; empty if there is none
 */
public record GivenClasses(List<String> names, String file) implements Described, Serializable {
  /** The images tell their classes. */
  public static final GivenClasses NONE = of(List.of());

  /** More than that is no list of names. */
  private static final int MOST_BYTES = 1 << 26;

  private static final int BYTE_ORDER_MARK = 0xfeff;

  public GivenClasses {
    names = ClassNames.check(names);
    if (!names.isEmpty() && !file.isEmpty()) {
      throw new IllegalArgumentException("classes are a list or a file, not both");
    }
  }

  /** Names. */
  public static GivenClasses of(List<String> names) {
    return new GivenClasses(names, "");
  }

  /**
   * Reads what {@link #describe} writes.
   *
   * @throws IllegalArgumentException if it is neither names nor a location
   */
  public static GivenClasses parse(Object described) {
    if (described instanceof String location && !location.isBlank()) {
      return new GivenClasses(List.of(), location);
    } else if (!(described instanceof List<?> items)) {
      throw refused(described);
    } else {
      List<String> names = new ArrayList<>();
      for (Object item : items) {
        if (!(item instanceof String name)) {
          throw refused(item);
        }
        names.add(name);
      }
      return of(names);
    }
  }

  private static IllegalArgumentException refused(Object described) {
    return new IllegalArgumentException(
        "expected a list of names, or the location of a text file with one name a line, got "
            + Json.kindOf(described));
  }

  /** Whether there are any. */
  boolean areGiven() {
    return !names.isEmpty() || !file.isEmpty();
  }

  /** Locations, and behind them that of the names' file, if there is one. */
  List<String> with(List<String> locations) {
    List<String> all = new ArrayList<>(locations);
    if (!file.isEmpty()) {
      all.add(file);
    }
    return List.copyOf(all);
  }

  /**
   * The names, or none if none are given.
   *
   * @throws InputException if their file cannot be read, naming the line
   */
  List<String> read(Storage storage) throws IOException {
    if (file.isEmpty()) {
      return names;
    }
    Path path = storage.resolve(file);
    if (!storage.exists(path)) {
      throw new InputException("classes: there is no file " + path);
    }
    return names(path, storage.read(path, MOST_BYTES));
  }

  private static List<String> names(Path path, byte[] content) throws IOException {
    Map<String, Integer> lineOf = new LinkedHashMap<>();
    int blank = 0;
    int number = 0;
    // A decoder made so refuses what is no UTF-8.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new ByteArrayInputStream(content), StandardCharsets.UTF_8.newDecoder()))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String name = withoutMark(number, line).strip();
        if (name.isEmpty()) {
          blank = blank == 0 ? number : blank;
          continue;
        } else if (blank > 0) {
          throw wrong(path, blank, "is blank, and names follow: labels are counted by lines");
        }
        Integer before = lineOf.putIfAbsent(name, number);
        if (before != null) {
          throw wrong(path, number, "names '" + name + "', as line " + before + " does");
        }
      }
    } catch (CharacterCodingException e) {
      throw wrong(path, number + 1, "is no UTF-8");
    }
    if (lineOf.isEmpty()) {
      throw new InputException("classes: there are no names in " + path);
    }
    return List.copyOf(lineOf.keySet());
  }

  private static String withoutMark(int number, String line) {
    return number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK
        ? line.substring(1)
        : line;
  }

  private static InputException wrong(Path path, int line, String what) {
    return new InputException("classes: line " + line + " of " + path + " " + what);
  }

  @Override
  public Object describe() {
    return file.isEmpty() ? names : file;
  }
}
