package org.convoy.nn.layer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.description.Described;
import org.convoy.description.Json;

/**
 * A kernel size, stride or dilation along the spatial axes: one number for all of them, or one for
 * each, outermost first (depth, height, width). Described as {@code 5} or {@code [5, 3]}.
 *
 * @param sizes one to three numbers, each in 1..32767
 */
public record Extent(List<Integer> sizes) implements Described, Serializable {
  /** Products of two sizes fit an int. */
  static final int MAXIMUM = 32_767;

  private static final String EXPECTED = "expected a size such as 5 or [5, 3], got ";

  public Extent {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.size() > 3) {
      throw new IllegalArgumentException("expected one to three sizes, got " + sizes);
    }
    for (int size : sizes) {
      if (size < 1 || size > MAXIMUM) {
        throw new IllegalArgumentException(
            "every size must be in 1.." + MAXIMUM + ", got " + sizes);
      }
    }
  }

  /** One size for all axes, or one for each. */
  public static Extent of(int... sizes) {
    return new Extent(Arrays.stream(sizes).boxed().toList());
  }

  /**
   * Reads what {@link #describe} writes.
   *
   * @return null for null, which leaves the choice to the layer
   */
  public static Extent parse(Object described) {
    if (described == null) {
      return null;
    }
    List<Integer> sizes = new ArrayList<>();
    for (Object size : described instanceof List<?> list ? list : List.of(described)) {
      sizes.add(wholeNumber(size, EXPECTED + Json.kindOf(described)));
    }
    return new Extent(sizes);
  }

  /** The number, if it is a whole one; else an exception with the given message. */
  static int wholeNumber(Object described, String message) {
    if (described instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException(message);
  }

  /** The same sizes for a layer with this many spatial axes: equal ones become one number. */
  Extent onAxes(int axes, String what) {
    if (sizes.size() != 1 && sizes.size() != axes) {
      throw new IllegalArgumentException(
          what + " must be one number or " + axes + " numbers, got " + sizes);
    }
    return sizes.stream().distinct().count() == 1 ? of(sizes.get(0)) : this;
  }

  /** The size along one axis. */
  int at(int axis) {
    return sizes.get(sizes.size() == 1 ? 0 : axis);
  }

  @Override
  public Object describe() {
    return sizes.size() == 1 ? sizes.get(0) : sizes;
  }

  /** As in {@code 5} or {@code 5x3}. */
  @Override
  public String toString() {
    return String.join("x", sizes.stream().map(String::valueOf).toList());
  }
}
