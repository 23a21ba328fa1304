package org.convoy.spark.storage;

import java.io.IOException;

/** A file or directory is not as it must be; the message says which, why, and what to do. */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
