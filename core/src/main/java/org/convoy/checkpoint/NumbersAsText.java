package org.convoy.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Takes numbers that JSON has no way to write, NaN and the infinities, through it as texts. For
 * descriptions without texts of their own.
 */
final class NumbersAsText {
  private NumbersAsText() {}

  static Object toText(Object described) {
    return replace(
        described,
        value ->
            value instanceof Double number && !Double.isFinite(number) ? number.toString() : value);
  }

  /** The other way round. */
  static Object fromText(Object described) {
    return replace(
        described,
        value ->
            switch (String.valueOf(value)) {
              case "NaN" -> Double.NaN;
              case "Infinity" -> Double.POSITIVE_INFINITY;
              case "-Infinity" -> Double.NEGATIVE_INFINITY;
              default -> value;
            });
  }

  private static Object replace(Object described, UnaryOperator<Object> change) {
    if (described instanceof Map<?, ?> map) {
      Map<Object, Object> result = new LinkedHashMap<>();
      map.forEach((key, value) -> result.put(key, replace(value, change)));
      return result;
    } else if (described instanceof List<?> list) {
      return list.stream().map(item -> replace(item, change)).toList();
    }
    return change.apply(described);
  }
}
