package org.convoy.spark.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a text in UTF-8, one a line, their fields separated by a character. A field in quotes
 * may hold separators, line ends, and quotes written twice (RFC 4180). Blank lines are passed over.
 */
final class SeparatedLines {
  /** A record that is longer is none: a quote that is never closed takes in the whole file. */
  private static final int MOST_CHARACTERS = 1 << 20;

  private static final int BYTE_ORDER_MARK = 0xfeff;

  private final BufferedReader in;
  private final char separator;
  private int next;
  private int line = 1;
  private int firstLine;

  SeparatedLines(InputStream in, char separator) throws IOException {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.separator = separator;
    this.next = this.in.read();
    if (next == BYTE_ORDER_MARK) {
      next = this.in.read();
    }
  }

  /** Where the record that was read last begins; lines are counted from 1. */
  int line() {
    return firstLine;
  }

  /**
   * The next record's fields; null behind the last.
   *
   * @throws IllegalArgumentException if its quotes do not fit; the rest cannot be read then
   */
  List<String> next() throws IOException {
    while (next == '\n' || next == '\r') {
      advance();
    }
    firstLine = line;
    if (next < 0) {
      return null;
    }
    List<String> fields = new ArrayList<>();
    int characters = 0;
    while (true) {
      String field = next == '"' ? quoted() : plain();
      characters += field.length();
      fields.add(field);
      if (next != separator || characters > MOST_CHARACTERS) {
        break;
      }
      advance();
    }
    if (next >= 0 && next != '\n' && next != '\r') {
      throw new IllegalArgumentException(
          "expected a separator or the line's end behind a quoted field, got '"
              + Character.toString(next)
              + "'");
    }
    return fields;
  }

  private String plain() throws IOException {
    StringBuilder text = new StringBuilder();
    while (next >= 0 && next != separator && next != '\n' && next != '\r') {
      text.append((char) next);
      advance();
    }
    return text.toString();
  }

  private String quoted() throws IOException {
    StringBuilder text = new StringBuilder();
    advance();
    while (true) {
      if (next < 0 || text.length() > MOST_CHARACTERS) {
        throw new IllegalArgumentException("a quoted field is not closed");
      }
      if (next == '"') {
        advance();
        if (next != '"') {
          return text.toString();
        }
      }
      text.append((char) next);
      advance();
    }
  }

  private void advance() throws IOException {
    if (next == '\n') {
      line++;
    }
    next = in.read();
  }
}
