package org.convoy.image.codec;

/** The file cannot be decoded; the message is the reason given to the caller. */
class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  RejectedException(String reason) {
    super(reason);
  }

  RejectedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
