package org.convoy.backend;

import org.convoy.tensor.Shape;

/**
 * The geometry of a window on exactly three spatial axes, as plain numbers for loops: windows on
 * one or two axes have trivial axes (size 1, kernel 1) put before theirs, which changes neither the
 * order of the elements in memory nor that of the taps.
 *
 * @param channels of the input
 */
public record VolumeWindow(int channels, Span depth, Span height, Span width) {
  private static final Span TRIVIAL = new Span(1, 1, 1, 1, 0, 0, 1);

  /**
   * One axis. Output {@code o} and tap {@code t} meet at input element {@code o * stride + t *
   * dilation - padding}, which lies on padding if it is below 0 or not below {@code size}.
   *
   * @param size of the input
   * @param padding virtual elements before the first
   * @param paddingAfter virtual elements after the last
   * @param output number of windows
   */
  public record Span(
      int size, int kernel, int stride, int dilation, int padding, int paddingAfter, int output) {
    static Span of(Window.Axis axis, int size, boolean ceil) {
      return new Span(
          size,
          axis.kernel(),
          axis.stride(),
          axis.dilation(),
          axis.paddingBefore(),
          axis.paddingAfter(),
          axis.outputSize(size, ceil));
    }

    /** Input element that tap {@code tap} of output 0 meets; may lie on padding. */
    public int start(int tap) {
      return tap * dilation - padding;
    }

    /** The first output whose tap {@code tap} does not lie on the padding before the input. */
    public int firstInside(int tap) {
      int before = -start(tap);
      return before <= 0 ? 0 : Math.min(output, (before + stride - 1) / stride);
    }

    /** One more than the last output whose tap {@code tap} lies before the input's end. */
    public int endInside(int tap) {
      int room = size - 1 - start(tap);
      return room < 0 ? 0 : Math.min(output, room / stride + 1);
    }

    /** The first tap of output {@code o} that is not on the padding before the input. */
    public int firstTap(int o) {
      int before = padding - o * stride;
      return before <= 0 ? 0 : Math.min(kernel, (before + dilation - 1) / dilation);
    }

    /** One more than the last tap of output {@code o} that lies before the input's end. */
    public int endTap(int o) {
      return tapsBelow(o, size);
    }

    /** Number of taps of output {@code o}, padding included, but cut where the padding ends. */
    public int tapsWithPadding(int o) {
      return tapsBelow(o, size + paddingAfter);
    }

    private int tapsBelow(int o, int end) {
      int room = end - 1 - (o * stride - padding);
      if (room >= (kernel - 1) * dilation) {
        return kernel;
      }
      return room < 0 ? 0 : room / dilation + 1;
    }

    /** The first output none of whose taps lies on the padding before the input. */
    public int firstWhole() {
      return firstInside(0);
    }

    /** One more than the last output none of whose taps lies behind the input's end. */
    public int endWhole() {
      return endInside(kernel - 1);
    }
  }

  public static VolumeWindow of(Convolution geometry) {
    return of(geometry.input(), geometry.window(), false);
  }

  public static VolumeWindow of(Pooling geometry) {
    return of(geometry.input(), geometry.window(), geometry.ceil());
  }

  private static VolumeWindow of(Shape input, Window window, boolean ceil) {
    int rank = window.rank();
    return new VolumeWindow(
        input.size(0),
        rank < 3 ? TRIVIAL : span(input, window, 0, ceil),
        rank < 2 ? TRIVIAL : span(input, window, rank - 2, ceil),
        span(input, window, rank - 1, ceil));
  }

  private static Span span(Shape input, Window window, int axis, boolean ceil) {
    return Span.of(window.axes().get(axis), input.size(axis + 1), ceil);
  }

  /** Number of taps of one channel. */
  public int taps() {
    return depth.kernel * height.kernel * width.kernel;
  }

  /** Number of elements of one input channel. */
  public int inputPositions() {
    return depth.size * height.size * width.size;
  }

  /** Number of elements of one output channel. */
  public int outputPositions() {
    return depth.output * height.output * width.output;
  }
}
