package org.convoy.train;

/** The loss or the gradient is no longer a finite number; the message says when and what to do. */
public final class TrainingDivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public TrainingDivergedException(String message) {
    super(message);
  }
}
