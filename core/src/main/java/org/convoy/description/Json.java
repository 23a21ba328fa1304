package org.convoy.description;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) to and from maps, lists, strings, numbers, booleans and null. Whole numbers are
 * {@link Long}, others {@link Double}. Depth is bounded, so that a hostile file cannot overflow the
 * stack; duplicate names are refused.
 */
public final class Json {
  private static final int MAXIMUM_DEPTH = 100;

  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  /**
   * @throws DescriptionException if the text is not one JSON value; the message gives the place
   */
  public static Object parse(String text) {
    Json parser = new Json(text);
    Object value = parser.value(0);
    parser.skipWhiteSpace();
    if (parser.position < text.length()) {
      throw parser.error("end of text");
    }
    return value;
  }

  /**
   * @throws DescriptionException if the text is not one JSON object
   */
  public static Map<String, Object> parseObject(String text) {
    return asObject(parse(text));
  }

  /**
   * A parsed value as the object that it should be.
   *
   * @throws DescriptionException if it is another kind of value
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> asObject(Object value) {
    if (!(value instanceof Map)) {
      throw new DescriptionException("expected a JSON object, got " + kindOf(value));
    }
    return (Map<String, Object>) value;
  }

  /** Compact JSON; maps keep their order, numbers are written so that they read back the same. */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /** What messages call a value of this kind. */
  public static String kindOf(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof Map) {
      return "an object";
    } else if (value instanceof List) {
      return "a list " + write(value);
    } else if (value instanceof String) {
      return "the text " + write(value);
    }
    return String.valueOf(value);
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        writeString(String.valueOf(entry.getKey()), out);
        out.append(':');
        write(entry.getValue(), out);
        separator = ",";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Iterable<?> items) {
      out.append('[');
      String separator = "";
      for (Object item : items) {
        out.append(separator);
        write(item, out);
        separator = ",";
      }
      out.append(']');
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("JSON has no way to write " + number);
      }
      out.append(value);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof CharSequence || value instanceof Enum<?>) {
      writeString(value.toString(), out);
    } else {
      throw new IllegalArgumentException(
          "cannot write a " + value.getClass().getName() + " as JSON");
    }
  }

  private static void writeString(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private Object value(int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw new DescriptionException("JSON is nested deeper than " + MAXIMUM_DEPTH + " levels");
    }
    skipWhiteSpace();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    position++;
    skipWhiteSpace();
    if (peek() == '}') {
      position++;
      return map;
    }
    while (true) {
      skipWhiteSpace();
      String name = string();
      skipWhiteSpace();
      expect(':');
      Object value = value(depth + 1);
      if (map.containsKey(name)) {
        throw new DescriptionException("JSON object has two values for '" + name + "'");
      }
      map.put(name, value);
      skipWhiteSpace();
      if (peek() == '}') {
        position++;
        return map;
      }
      expect(',');
    }
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    position++;
    skipWhiteSpace();
    if (peek() == ']') {
      position++;
      return list;
    }
    while (true) {
      list.add(value(depth + 1));
      skipWhiteSpace();
      if (peek() == ']') {
        position++;
        return Collections.unmodifiableList(list);
      }
      expect(',');
    }
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return out.toString();
      } else if (c == '\\') {
        out.append(escape());
      } else if (c < 0x20) {
        position--;
        throw error("no control character inside a string");
      } else {
        out.append(c);
      }
    }
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            position--;
            throw error("four hexadecimal digits");
          }
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> {
        position--;
        throw error("an escape character");
      }
    };
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, position)) {
      throw error("'" + word + "'");
    }
    position += word.length();
    return value;
  }

  private Object number() {
    int start = position;
    boolean whole = true;
    while (position < text.length() && "+-0123456789.eE".indexOf(text.charAt(position)) >= 0) {
      whole &= ".eE".indexOf(text.charAt(position)) < 0;
      position++;
    }
    String digits = text.substring(start, position);
    try {
      if (whole) {
        return Long.valueOf(digits);
      }
      return Double.valueOf(digits);
    } catch (NumberFormatException e) {
      position = start;
      throw error("a value");
    }
  }

  private void skipWhiteSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private char peek() {
    if (position >= text.length()) {
      throw error("more text");
    }
    return text.charAt(position);
  }

  private char next() {
    char c = peek();
    position++;
    return c;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw error("'" + wanted + "'");
    }
    position++;
  }

  private DescriptionException error(String expected) {
    String found =
        position < text.length() ? "'" + text.charAt(position) + "'" : "the end of the text";
    return new DescriptionException(
        "JSON: expected " + expected + " at character " + position + ", got " + found);
  }
}
