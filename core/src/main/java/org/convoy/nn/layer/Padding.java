package org.convoy.nn.layer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.description.Described;
import org.convoy.description.Json;

/**
 * How many virtual elements a window finds around its input. Described as {@code "valid"} (none),
 * {@code "same"}, one number for all sides, one number for each axis such as {@code [1, 0]} (1
 * above and below, none left and right), or a pair for each axis such as {@code [[1, 2], [0, 1]]}
 * (1 above, 2 below, none left, 1 right).
 */
public sealed interface Padding extends Described, Serializable {

  /** Virtual elements before the first and after the last along one axis, each in 0..32767. */
  record Sides(int before, int after) implements Serializable {
    public Sides {
      requireInRange(before);
      requireInRange(after);
    }

    private static void requireInRange(int size) {
      if (size < 0 || size > Extent.MAXIMUM) {
        throw new IllegalArgumentException(
            "padding must be in 0.." + Extent.MAXIMUM + ", got " + size);
      }
    }
  }

  /**
   * As much as it takes to have ceil(size / stride) windows, which at stride 1 keeps the size. An
   * odd rest goes to the end, as in PyTorch and TensorFlow.
   */
  record Same() implements Padding {
    @Override
    public Sides sides(int axis, int size, int extent, int stride) {
      int windows = (size + stride - 1) / stride;
      int total = Math.max(0, (windows - 1) * stride + extent - size);
      return new Sides(total / 2, total - total / 2);
    }

    @Override
    public Padding onAxes(int axes) {
      return this;
    }

    @Override
    public Object describe() {
      return "same";
    }
  }

  /**
   * What it says, whatever the input.
   *
   * @param axes one entry for all spatial axes or one for each, outermost first
   */
  record Explicit(List<Sides> axes) implements Padding {
    public Explicit {
      axes = List.copyOf(axes);
      if (axes.isEmpty() || axes.size() > 3) {
        throw new IllegalArgumentException(
            "expected padding on one to three axes, got " + axes.size());
      }
    }

    @Override
    public Sides sides(int axis, int size, int extent, int stride) {
      return axes.get(axes.size() == 1 ? 0 : axis);
    }

    @Override
    public Padding onAxes(int count) {
      if (axes.size() != 1 && axes.size() != count) {
        throw new IllegalArgumentException(
            "padding must be one entry or " + count + " entries, got " + describe());
      }
      return axes.stream().distinct().count() == 1 ? new Explicit(axes.subList(0, 1)) : this;
    }

    @Override
    public Object describe() {
      if (equals(valid())) {
        return "valid";
      } else if (axes.stream().anyMatch(sides -> sides.before() != sides.after())) {
        return axes.stream().map(sides -> List.of(sides.before(), sides.after())).toList();
      } else if (axes.size() == 1) {
        return axes.get(0).before();
      }
      return axes.stream().map(Sides::before).toList();
    }
  }

  /**
   * The padding along one axis.
   *
   * @param axis spatial axis, 0 being the outermost
   * @param size of the input along it
   * @param extent elements from the window's first tap to its last
   */
  Sides sides(int axis, int size, int extent, int stride);

  /**
   * The same padding for a layer with this many spatial axes: equal entries become one.
   *
   * @throws IllegalArgumentException if there are entries for another number of axes
   */
  Padding onAxes(int axes);

  /** Output size ceil(input / stride). */
  static Padding same() {
    return new Same();
  }

  /** None. */
  static Padding valid() {
    return of(0);
  }

  /** One number for all sides, or one for each axis (height, width). */
  static Padding of(int... perAxis) {
    return new Explicit(Arrays.stream(perAxis).mapToObj(size -> new Sides(size, size)).toList());
  }

  /** Every side of an image by itself. */
  static Padding perSide(int top, int bottom, int left, int right) {
    return new Explicit(List.of(new Sides(top, bottom), new Sides(left, right)));
  }

  /** Reads what {@link #describe} writes. */
  static Padding parse(Object described) {
    if ("same".equals(described)) {
      return same();
    } else if ("valid".equals(described)) {
      return valid();
    }
    String message =
        "expected a padding such as \"same\", \"valid\", 2, [1, 0] or [[1, 2], [0, 1]], got "
            + Json.kindOf(described);
    List<Sides> axes = new ArrayList<>();
    for (Object entry : described instanceof List<?> list ? list : Arrays.asList(described)) {
      axes.add(readSides(entry, message));
    }
    return new Explicit(axes);
  }

  private static Sides readSides(Object described, String message) {
    if (described instanceof List<?> pair) {
      if (pair.size() != 2) {
        throw new IllegalArgumentException(message);
      }
      return new Sides(
          Extent.wholeNumber(pair.get(0), message), Extent.wholeNumber(pair.get(1), message));
    }
    int size = Extent.wholeNumber(described, message);
    return new Sides(size, size);
  }
}
