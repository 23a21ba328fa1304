package org.convoy.spark.run;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.description.Json;

/** JSON for people: nested objects are indented, what fits a line stays on it. */
final class JsonText {
  private static final int LINE = 100;

  private JsonText() {}

  static String pretty(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "", out);
    return out.append('\n').toString();
  }

  /** A number that JSON can hold, or null. */
  static Double finite(double number) {
    return Double.isFinite(number) ? number : null;
  }

  private static void write(Object value, String indent, StringBuilder out) {
    String compact = Json.write(value);
    boolean fits = indent.length() + compact.length() <= LINE;
    if (value instanceof Map<?, ?> map
        && !map.isEmpty()
        && !(fits && isFlat(map.values().stream()))) {
      out.append("{\n");
      Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<?, ?> entry = entries.next();
        out.append(indent).append("  ").append(Json.write(entry.getKey())).append(": ");
        write(entry.getValue(), indent + "  ", out);
        out.append(entries.hasNext() ? ",\n" : "\n");
      }
      out.append(indent).append('}');
    } else if (value instanceof List<?> list && !list.isEmpty() && !fits) {
      out.append("[\n");
      for (int i = 0; i < list.size(); i++) {
        out.append(indent).append("  ");
        write(list.get(i), indent + "  ", out);
        out.append(i + 1 < list.size() ? ",\n" : "\n");
      }
      out.append(indent).append(']');
    } else {
      out.append(compact);
    }
  }

  private static boolean isFlat(Stream<?> values) {
    return values.noneMatch(value -> value instanceof Map || value instanceof List);
  }
}
