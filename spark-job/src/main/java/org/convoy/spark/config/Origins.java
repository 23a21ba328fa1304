package org.convoy.spark.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows which line of which file gave a value. */
final class Origins {
  static final String COMMAND_LINE = "command line";

  private static final Pattern NAME_OR_INDEX = Pattern.compile("[^.\\[\\]]+|\\[\\d+\\]");
  private static final Pattern LINES = Pattern.compile(": (\\d+)(-\\d+)?$");

  private final ConfigObject root;
  private final String recipe;

  /**
   * @param recipe what to name where no line can be named
   */
  Origins(ConfigObject root, String recipe) {
    this.root = root;
    this.recipe = recipe;
  }

  /**
   * Where a value was written. Files come before the command line, lines in their order.
   *
   * @param line 0 where there is none
   */
  record Place(String file, int line) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing((Place place) -> place.file().equals(COMMAND_LINE))
            .thenComparing(Place::file)
            .thenComparingInt(Place::line);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line;
    }
  }

  /** Where a value was written, or what encloses it most closely. */
  Place of(String key) {
    ConfigValue value = root;
    Matcher names = NAME_OR_INDEX.matcher(key);
    while (names.find()) {
      ConfigValue inner = child(value, names.group());
      if (inner == null) {
        break;
      }
      value = inner;
    }
    return value == root ? new Place(recipe, 0) : place(value.origin());
  }

  /**
   * What the library's description, such as {@code a.conf: 12}, says. What encloses a key of the
   * command line it calls {@code atPath(key)}.
   */
  Place place(ConfigOrigin origin) {
    String description = origin.description();
    if (description.startsWith("merge of")) {
      return new Place(recipe, 0);
    } else if (description.startsWith(COMMAND_LINE) || description.startsWith("atPath(")) {
      return new Place(COMMAND_LINE, 0);
    }
    Matcher lines = LINES.matcher(description);
    return lines.find()
        ? new Place(description.substring(0, lines.start()), Integer.parseInt(lines.group(1)))
        : new Place(description, 0);
  }

  private static ConfigValue child(ConfigValue value, String name) {
    if (value instanceof ConfigObject object) {
      return object.get(name);
    } else if (value instanceof ConfigList list && name.startsWith("[")) {
      int index = Integer.parseInt(name.substring(1, name.length() - 1));
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }
}
