package org.convoy.spark.run;

/** A process has too little memory for the run; the message says which, and what to give it. */
public final class InsufficientMemoryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InsufficientMemoryException(String message) {
    super(message);
  }
}
