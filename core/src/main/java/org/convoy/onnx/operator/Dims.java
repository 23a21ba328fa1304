package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.Locale;

/** Sizes of an array's axes, outermost first; unlike a {@code Shape} none at all, or 0. */
public final class Dims {
  /** VGG-19's largest weight, the largest of the well-known networks, has 103 million. */
  private static final int MAXIMUM_ELEMENTS = 1 << 27;

  private Dims() {}

  /**
   * Product of all sizes.
   *
   * @throws OnnxGraphException if it is more than a value may have, so that a small file cannot ask
   *     for all memory
   */
  public static int elementCount(int... dims) {
    long count = 1;
    for (int dim : dims) {
      if (dim < 0) {
        throw new OnnxGraphException("a size must be at least 0, got " + Arrays.toString(dims));
      }
      count = Math.min(count * dim, Integer.MAX_VALUE);
    }
    if (count > MAXIMUM_ELEMENTS) {
      throw new OnnxGraphException(
          String.format(
              Locale.ROOT,
              "a value of dims %s has more than the %,d elements that are computed with",
              Arrays.toString(dims),
              MAXIMUM_ELEMENTS));
    }
    return (int) count;
  }

  /** Product of the sizes of the axes {@code from} to {@code to - 1}. */
  static int product(int[] dims, int from, int to) {
    return elementCount(Arrays.copyOfRange(dims, from, to));
  }

  /** Distance between neighbours along each axis of a dense array. */
  static int[] strides(int... dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    return strides;
  }

  /** Indexes {@code offset + sum of i[k] * strides[k]} for all i in {@code dims}, row-major. */
  static int[] indexes(int[] dims, int offset, int[] strides) {
    int[] indexes = new int[elementCount(dims)];
    int[] position = new int[dims.length];
    int at = offset;
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = at;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        at += strides[axis];
        if (++position[axis] < dims[axis]) {
          break;
        }
        at -= position[axis] * strides[axis];
        position[axis] = 0;
      }
    }
    return indexes;
  }

  /** The dims that two arrays have together, by NumPy's rules of broadcasting. */
  static int[] broadcast(int[] a, int[] b) {
    int[] dims = new int[Math.max(a.length, b.length)];
    for (int i = 1; i <= dims.length; i++) {
      int sizeA = i > a.length ? 1 : a[a.length - i];
      int sizeB = i > b.length ? 1 : b[b.length - i];
      if (sizeA != sizeB && sizeA != 1 && sizeB != 1) {
        throw new OnnxGraphException(
            "dims " + Arrays.toString(a) + " and " + Arrays.toString(b) + " do not broadcast");
      }
      dims[dims.length - i] = sizeA == 1 ? sizeB : sizeA;
    }
    return dims;
  }

  /** Where each element of an array that is broadcast to {@code target} comes from. */
  static int[] broadcastIndexes(int[] source, int[] target) {
    int[] own = strides(source);
    int[] strides = new int[target.length];
    for (int i = 1; i <= source.length; i++) {
      if (source[source.length - i] != 1) {
        strides[target.length - i] = own[source.length - i];
      }
    }
    return indexes(target, 0, strides);
  }

  /** An axis counted from the front; a negative one counts from behind. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= Math.max(rank, 1)) {
      throw new OnnxGraphException(
          "an axis must be in " + -rank + ".." + (rank - 1) + ", got " + axis);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** The quotient of whole numbers, cut towards 0. */
  static long divide(long dividend, long divisor) {
    if (divisor == 0) {
      throw new OnnxGraphException("a whole number is divided by 0");
    }
    return dividend / divisor;
  }

  /** A whole number of a file as a size or index. */
  static int exact(long value) {
    if (value != (int) value) {
      throw new OnnxGraphException("a size must fit 32 bits, got " + value);
    }
    return (int) value;
  }
}
