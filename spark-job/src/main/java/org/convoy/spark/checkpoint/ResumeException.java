package org.convoy.spark.checkpoint;

import java.io.IOException;

/** A run cannot go on from where it was told to; the message says why and what to do. */
public final class ResumeException extends IOException {
  private static final long serialVersionUID = 1L;

  public ResumeException(String message) {
    super(message);
  }
}
