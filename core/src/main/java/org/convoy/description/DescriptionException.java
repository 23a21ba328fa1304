package org.convoy.description;

/** A description cannot be read; the message names the place, what was expected and what came. */
public final class DescriptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public DescriptionException(String message) {
    super(message);
  }

  public DescriptionException(String message, Throwable cause) {
    super(message, cause);
  }
}
