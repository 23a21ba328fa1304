package org.convoy.tensor;

import java.util.Arrays;

/**
 * A window on a {@code float[]}: dense, row-major, the last axis contiguous. Activations are NCHW
 * (batch, channels, height, width), convolution weights OIHW (filters, channels per group, height,
 * width).
 *
 * <p>A tensor does not own its array; several tensors may be windows on one. It is never
 * serialized.
 */
public final class Tensor {
  private final float[] data;
  private final int offset;
  private final Shape shape;
  private final int size;

  private Tensor(float[] data, int offset, Shape shape) {
    this.data = data;
    this.offset = offset;
    this.shape = shape;
    this.size = shape.elementCount();
  }

  /** A tensor of zeros on an array of its own. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(new float[shape.elementCount()], 0, shape);
  }

  /** A tensor on the given values, which are not copied. */
  public static Tensor of(Shape shape, float... values) {
    if (values.length != shape.elementCount()) {
      throw new ShapeException(
          "shape " + shape + " needs " + shape.elementCount() + " values, got " + values.length);
    }
    return new Tensor(values, 0, shape);
  }

  /**
   * A window that begins at {@code offset}.
   *
   * @throws ShapeException if the window leaves the array
   */
  public static Tensor view(float[] data, int offset, Shape shape) {
    if (offset < 0 || (long) offset + shape.elementCount() > data.length) {
      throw new ShapeException(
          String.format(
              "a window of shape %s at offset %d leaves an array of %d floats",
              shape, offset, data.length));
    }
    return new Tensor(data, offset, shape);
  }

  /**
   * A window on some of the first axis's entries.
   *
   * @throws ShapeException if there are not so many
   */
  public Tensor slice(int first, int count) {
    if (first < 0 || count < 1 || first + count > shape.size(0)) {
      throw new ShapeException(
          "entries " + first + " to " + (first + count) + " are not all in a tensor of " + shape);
    }
    int[] sizes = new int[shape.rank()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i == 0 ? count : shape.size(i);
    }
    return view(data, offset + first * (size / shape.size(0)), Shape.of(sizes));
  }

  /** The array below, shared with whoever else has a window on it. */
  public float[] data() {
    return data;
  }

  /** Index in {@link #data} of this tensor's first element. */
  public int offset() {
    return offset;
  }

  /** Shape of the window; for activations the first axis is the batch. */
  public Shape shape() {
    return shape;
  }

  /** Number of elements. */
  public int size() {
    return size;
  }

  /** One element; for tests and messages, not for loops that matter. */
  public float get(int... index) {
    if (index.length != shape.rank()) {
      throw new ShapeException(
          "shape " + shape + " needs " + shape.rank() + " indexes, got " + index.length);
    }
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      position = position * shape.size(axis) + checkIndex(index[axis], axis);
    }
    return data[offset + position];
  }

  private int checkIndex(int index, int axis) {
    if (index < 0 || index >= shape.size(axis)) {
      throw new IndexOutOfBoundsException(
          "index " + index + " of axis " + axis + " leaves shape " + shape);
    }
    return index;
  }

  /** A copy of the elements, row-major. */
  public float[] toArray() {
    return Arrays.copyOfRange(data, offset, offset + size);
  }

  /** Sets every element. */
  public void fill(float value) {
    Arrays.fill(data, offset, offset + size, value);
  }

  /** Copies all elements of a tensor of the same size; from the same place there is none to do. */
  public void copyFrom(Tensor source) {
    if (source.size != size) {
      throw new ShapeException("cannot copy shape " + source.shape + " into shape " + shape);
    }
    if (source.data == data && source.offset == offset) {
      return;
    }
    System.arraycopy(source.data, source.offset, data, offset, size);
  }

  @Override
  public String toString() {
    return "Tensor " + shape;
  }
}
