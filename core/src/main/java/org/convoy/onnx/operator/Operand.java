package org.convoy.onnx.operator;

import java.util.Arrays;
import org.convoy.onnx.format.ElementType;

/** What is known about an input of a node: its numbers, or its dims alone. */
public final class Operand {
  private final ElementType type;
  private final int[] dims;
  private final Value value;

  private Operand(ElementType type, int[] dims, Value value) {
    this.type = type;
    this.dims = dims;
    this.value = value;
  }

  /** Everything is known. */
  public static Operand of(Value value) {
    return new Operand(value.type(), value.dims(), value);
  }

  /** Elements that only a run will know. */
  public static Operand unknown(ElementType type, int... dims) {
    Dims.elementCount(dims);
    return new Operand(type, dims.clone(), null);
  }

  public boolean isKnown() {
    return value != null;
  }

  public ElementType type() {
    return type;
  }

  /** Sizes of the axes. */
  public int[] dims() {
    return dims.clone();
  }

  /**
   * The numbers.
   *
   * @throws IllegalStateException if they are not known
   */
  public Value value() {
    if (value == null) {
      throw new IllegalStateException("the numbers of " + this + " are not known");
    }
    return value;
  }

  @Override
  public String toString() {
    return type + Arrays.toString(dims);
  }
}
