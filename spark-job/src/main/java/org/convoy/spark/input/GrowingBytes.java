package org.convoy.spark.input;

import java.util.Arrays;

/** Bytes whose number is known when they have all come; no header is trusted with an allocation. */
final class GrowingBytes {
  private byte[] bytes = new byte[1 << 12];
  private int size;

  void add(byte value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = value;
  }

  int size() {
    return size;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Each of them as a number in 0..255. */
  int[] toUnsigned() {
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> bytes[i] & 0xff);
    return numbers;
  }
}
