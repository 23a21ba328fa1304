package org.convoy.tensor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sizes of an array's axes, outermost first: {@code 3x32x32} is channels x height x width.
 *
 * <p>Shapes in a network's description are those of one example, without the batch; a {@link
 * Tensor} of activations has the batch as its first axis. Every size is at least 1 and the number
 * of elements fits an {@code int}.
 */
public final class Shape implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern SEPARATOR = Pattern.compile("x");

  private final int[] sizes;

  private Shape(int[] sizes) {
    this.sizes = sizes;
  }

  /**
   * @param sizes at least one axis, each size at least 1
   * @throws ShapeException if a size is below 1 or the product exceeds {@code Integer.MAX_VALUE}
   */
  public static Shape of(int... sizes) {
    if (sizes.length == 0) {
      throw new ShapeException("a shape needs at least one axis");
    }
    long elements = 1;
    for (int size : sizes) {
      if (size < 1) {
        throw new ShapeException(
            "every size of a shape must be at least 1, got " + Arrays.toString(sizes));
      }
      elements *= size;
      if (elements > Integer.MAX_VALUE) {
        throw new ShapeException(
            "shape " + join(sizes) + " has more than " + Integer.MAX_VALUE + " elements");
      }
    }
    return new Shape(sizes.clone());
  }

  /**
   * Reads what {@link #toString} writes, for example {@code 3x32x32}.
   *
   * @throws ShapeException if the text is not sizes joined by {@code x}
   */
  public static Shape parse(String text) {
    try {
      return of(
          SEPARATOR.splitAsStream(text.strip()).mapToInt(part -> Integer.parseInt(part)).toArray());
    } catch (NumberFormatException e) {
      throw new ShapeException(
          "expected a shape such as 3x32x32 (channels x height x width), got '" + text + "'", e);
    }
  }

  /** Number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** Size of one axis, 0 being the outermost. */
  public int size(int axis) {
    return sizes[axis];
  }

  /** Product of all sizes. */
  public int elementCount() {
    int count = 1;
    for (int size : sizes) {
      count *= size;
    }
    return count;
  }

  /** A copy of the sizes. */
  public int[] toArray() {
    return sizes.clone();
  }

  /** This shape with one axis put before the others: an example's shape becomes a batch's. */
  public Shape prepend(int size) {
    int[] longer = new int[sizes.length + 1];
    longer[0] = size;
    System.arraycopy(sizes, 0, longer, 1, sizes.length);
    return of(longer);
  }

  /** This shape without its first axis: a batch's shape becomes an example's. */
  public Shape dropFirst() {
    return of(Arrays.copyOfRange(sizes, 1, sizes.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** The sizes joined by {@code x}. */
  @Override
  public String toString() {
    return join(sizes);
  }

  private static String join(int[] sizes) {
    return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
