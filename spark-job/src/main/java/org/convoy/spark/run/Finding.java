package org.convoy.spark.run;

/**
 * Something that is known about a run before it begins.
 *
 * @param subject a word or two
 * @param text what was found, and what to do about it
 */
public record Finding(Level level, String subject, String text) {
  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, but not well. */
    WARNING,
    /** The run would fail. */
    ERROR
  }

  static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text);
  }

  static Finding warning(String subject, String text) {
    return new Finding(Level.WARNING, subject, text);
  }

  static Finding error(String subject, String text) {
    return new Finding(Level.ERROR, subject, text);
  }
}
