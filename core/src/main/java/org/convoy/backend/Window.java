package org.convoy.backend;

import java.io.Serializable;
import java.util.List;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * The window of a convolution or a pooling: its kernel, stride, dilation and padding on each of one
 * to three spatial axes, outermost first (depth, height, width).
 */
public record Window(List<Axis> axes) implements Serializable {

  /**
   * One spatial axis, in elements.
   *
   * @param kernel number of taps, at least 1
   * @param stride distance between neighbouring windows, at least 1
   * @param dilation distance between neighbouring taps, at least 1
   * @param paddingBefore virtual elements before the first, at least 0
   * @param paddingAfter virtual elements after the last, at least 0
   */
  public record Axis(int kernel, int stride, int dilation, int paddingBefore, int paddingAfter)
      implements Serializable {
    public Axis {
      requireAtLeast(1, "kernel", kernel);
      requireAtLeast(1, "stride", stride);
      requireAtLeast(1, "dilation", dilation);
      requireAtLeast(0, "padding", paddingBefore);
      requireAtLeast(0, "padding", paddingAfter);
    }

    private static void requireAtLeast(int minimum, String what, int value) {
      if (value < minimum) {
        throw new IllegalArgumentException(
            what + " must be at least " + minimum + ", got " + value);
      }
    }

    /** Elements from the first tap to the last: dilation * (kernel - 1) + 1. */
    public int extent() {
      return dilation * (kernel - 1) + 1;
    }

    /**
     * Number of windows over {@code size} elements: floor((size + padding - extent) / stride) + 1.
     * With {@code ceil} the division rounds up, but no window may begin in the padding after the
     * end (PyTorch's rule for {@code ceil_mode}).
     *
     * @return 0 or less if the window is larger than the padded input
     */
    public int outputSize(int size, boolean ceil) {
      int room = size + paddingBefore + paddingAfter - extent();
      if (room < 0) {
        return 0;
      }
      int count = (ceil ? room + stride - 1 : room) / stride + 1;
      return ceil && (count - 1) * stride >= size + paddingBefore ? count - 1 : count;
    }
  }

  public Window {
    axes = List.copyOf(axes);
    if (axes.isEmpty() || axes.size() > 3) {
      throw new IllegalArgumentException(
          "a window has one to three spatial axes, got " + axes.size());
    }
  }

  /** A square window on two axes with the same padding on all sides and no dilation. */
  public static Window square(int kernel, int stride, int padding) {
    Axis axis = new Axis(kernel, stride, 1, padding, padding);
    return new Window(List.of(axis, axis));
  }

  /** Number of spatial axes. */
  public int rank() {
    return axes.size();
  }

  /** Number of taps: the product of the kernel's sizes. */
  public int taps() {
    return axes.stream().mapToInt(Axis::kernel).reduce(1, Math::multiplyExact);
  }

  /**
   * Shape of {@code channels} maps after this window has passed over an example of shape {@code
   * input} (channels first).
   *
   * @throws ShapeException if the ranks differ or the window is larger than the padded input
   */
  public Shape outputShape(Shape input, int channels, boolean ceil) {
    if (input.rank() != rank() + 1) {
      throw new ShapeException(
          String.format(
              "a window on %d spatial axes needs an input of %d axes (channels first), got %s",
              rank(), rank() + 1, input));
    }
    int[] sizes = new int[rank() + 1];
    sizes[0] = channels;
    for (int i = 0; i < rank(); i++) {
      sizes[i + 1] = axes.get(i).outputSize(input.size(i + 1), ceil);
      if (sizes[i + 1] < 1) {
        throw tooLarge(input);
      }
    }
    return Shape.of(sizes);
  }

  private ShapeException tooLarge(Shape input) {
    StringBuilder kernel = new StringBuilder();
    StringBuilder needed = new StringBuilder();
    StringBuilder got = new StringBuilder();
    for (int i = 0; i < rank(); i++) {
      Axis axis = axes.get(i);
      String separator = i == 0 ? "" : "x";
      kernel.append(separator).append(axis.kernel());
      needed.append(separator).append(axis.extent());
      got.append(separator).append(input.size(i + 1) + axis.paddingBefore() + axis.paddingAfter());
    }
    return new ShapeException(
        String.format(
            "kernel %s needs a padded input of at least %s, got %s (input %s);"
                + " pad more or use a smaller kernel",
            kernel, needed, got, input));
  }
}
