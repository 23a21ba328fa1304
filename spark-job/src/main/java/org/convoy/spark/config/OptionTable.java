package org.convoy.spark.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.convoy.description.Default;

/** All options with their defaults and meanings, for the help text and the README. */
public final class OptionTable {
  private OptionTable() {}

  /**
   * An option.
   *
   * @param key names joined by dots
   * @param fallback its default, or empty
   */
  public record Row(String key, String fallback, String meaning) {}

  /** In the order of the records. */
  public static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    addRows("", JobOptions.class, rows);
    return rows;
  }

  private static void addRows(String prefix, Class<?> type, List<Row> rows) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + component.getName();
      Optional<Meaning> meaning = Optional.ofNullable(component.getAnnotation(Meaning.class));
      if (meaning.isPresent()) {
        rows.add(new Row(key, fallback(component), meaning.get().value()));
      } else {
        addRows(key + ".", component.getType(), rows);
      }
    }
  }

  private static String fallback(RecordComponent component) {
    Default fallback = component.getAnnotation(Default.class);
    return fallback == null ? "" : fallback.value().replace("\"", "");
  }

  /** For a terminal. */
  public static String text() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows()) {
      String fallback = row.fallback().isEmpty() ? "" : " [" + row.fallback() + "]";
      text.append(String.format("  %-22s %s%s%n", row.key(), row.meaning(), fallback));
    }
    return text.toString();
  }

  /** For the README. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| option | default | meaning |\n|---|---|---|\n");
    for (Row row : rows()) {
      String fallback = row.fallback().isEmpty() ? "" : "`" + row.fallback() + "`";
      String meaning = row.meaning().replace("|", "\\|");
      table.append(String.format("| `%s` | %s | %s |\n", row.key(), fallback, meaning));
    }
    return table.toString();
  }
}
