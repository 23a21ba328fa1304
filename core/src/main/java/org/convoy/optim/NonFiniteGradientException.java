package org.convoy.optim;

/** A gradient holds an infinity or a NaN; the message names the first such parameter. */
public final class NonFiniteGradientException extends ArithmeticException {
  private final String parameter;

  NonFiniteGradientException(String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  /** Name of the first parameter whose gradient is not finite. */
  public String parameter() {
    return parameter;
  }
}
