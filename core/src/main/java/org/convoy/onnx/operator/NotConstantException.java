package org.convoy.onnx.operator;

/** An operator needs the numbers of an input that is known by its dims alone. */
public final class NotConstantException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int input;

  NotConstantException(int input) {
    super("input " + input + " is not a constant");
    this.input = input;
  }

  /** Index of the input. */
  public int input() {
    return input;
  }
}
