package org.convoy.checkpoint;

import java.io.IOException;

/** A file does not hold what it should; the message names the file, what was expected and found. */
public final class ModelFileException extends IOException {
  public ModelFileException(String message) {
    super(message);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
