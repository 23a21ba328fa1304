package org.convoy.reference;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.convoy.testing.ReferenceCase;

/** A case's options under the names that records here have. */
final class Options {
  private static final Pattern WORD = Pattern.compile("_([a-z])");

  private Options() {}

  /**
   * All options but some, in camel case.
   *
   * @param type what the registry calls the thing
   * @param without options that the record does not have
   */
  static Map<String, Object> of(ReferenceCase reference, String type, String... without) {
    Map<String, Object> described = new LinkedHashMap<>(reference.options());
    for (String option : without) {
      described.remove(option);
    }
    Map<String, Object> renamed = new LinkedHashMap<>();
    renamed.put("type", type);
    described.forEach((name, value) -> renamed.put(camelCase(name), value));
    return renamed;
  }

  private static String camelCase(String name) {
    return WORD.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
