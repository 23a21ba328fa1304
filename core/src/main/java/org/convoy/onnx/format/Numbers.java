package org.convoy.onnx.format;

import java.util.Arrays;

/** Numbers as they come in: whole ones, or the bits of floats or doubles. */
final class Numbers {
  private long[] values = {};
  private int size;

  void add(long value) {
    if (size == values.length) {
      reserve(Math.max(8, size / 2));
    }
    values[size++] = value;
  }

  /** Makes room for {@code more} numbers. */
  void reserve(int more) {
    if (more > values.length - size) {
      values = Arrays.copyOf(values, size + more);
    }
  }

  int size() {
    return size;
  }

  long at(int index) {
    return values[index];
  }

  long[] toLongs() {
    return Arrays.copyOf(values, size);
  }

  float[] toFloats() {
    float[] floats = new float[size];
    for (int i = 0; i < size; i++) {
      floats[i] = Float.intBitsToFloat((int) values[i]);
    }
    return floats;
  }

  double[] toDoubles() {
    return Arrays.stream(values, 0, size).mapToDouble(Double::longBitsToDouble).toArray();
  }
}
