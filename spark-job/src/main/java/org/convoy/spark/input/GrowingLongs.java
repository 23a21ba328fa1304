package org.convoy.spark.input;

import java.util.Arrays;

/** Numbers that come one after another. */
final class GrowingLongs {
  private long[] numbers = new long[1 << 9];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  int size() {
    return size;
  }

  long[] toArray() {
    return Arrays.copyOf(numbers, size);
  }
}
