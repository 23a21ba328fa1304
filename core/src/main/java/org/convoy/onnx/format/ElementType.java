package org.convoy.onnx.format;

import java.util.Arrays;
import java.util.Optional;

/** What a tensor is made of, by its number in {@code TensorProto.DataType}. */
public enum ElementType {
  FLOAT(1, 4),
  UINT8(2, 1),
  INT8(3, 1),
  UINT16(4, 2),
  INT16(5, 2),
  INT32(6, 4),
  INT64(7, 8),
  BOOL(9, 1),
  /** IEEE 754 half precision. */
  FLOAT16(10, 2),
  DOUBLE(11, 8),
  UINT32(12, 4),
  UINT64(13, 8),
  /** The upper half of a {@link #FLOAT}. */
  BFLOAT16(16, 2);

  private final int number;
  private final int bytes;

  ElementType(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  /** The number that stands in files. */
  public int number() {
    return number;
  }

  /** Bytes of one element in {@code raw_data}. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements have fractions. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }

  /** The type of a number in a file; none for texts, complex numbers and those newer than these. */
  public static Optional<ElementType> ofNumber(long number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }
}
