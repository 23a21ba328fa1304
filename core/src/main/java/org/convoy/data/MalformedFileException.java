package org.convoy.data;

import java.io.IOException;

/** A file is not what it should be; the message names the file, what was expected and what came. */
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedFileException(String message) {
    super(message);
  }

  public MalformedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
