package org.convoy.image.codec;

/** The end of a file is missing; what came before it may be shown. */
final class TruncatedException extends RejectedException {
  private static final long serialVersionUID = 1L;

  TruncatedException(String reason) {
    super(reason);
  }
}
