package org.convoy.description;

/**
 * A value with a short form of its own in descriptions, such as {@code 5} or {@code "same"}. A
 * class that implements this has a {@code public static T parse(Object described)} that reads every
 * form that {@link #describe} writes, and throws {@link IllegalArgumentException} on others.
 */
public interface Described {
  /** A string, a number, a boolean, a list or a map of these. */
  Object describe();
}
