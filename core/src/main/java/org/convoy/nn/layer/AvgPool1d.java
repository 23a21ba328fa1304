package org.convoy.nn.layer;

import org.convoy.description.Default;

/**
 * The mean of each window of each channel of channels x length. Names and defaults are those of
 * PyTorch's {@code nn.AvgPool1d}.
 *
 * @param kernelSize length of the window
 * @param stride distance between neighbouring windows; the kernel size if left out
 * @param padding virtual zeros around the input, at most half the window
 * @param ceilMode whether output sizes round up instead of down
 * @param countIncludePad whether the divisor counts padded elements
 */
public record AvgPool1d(
    Extent kernelSize,
    @Default("null") Extent stride,
    @Default("\"valid\"") Padding padding,
    @Default("false") boolean ceilMode,
    @Default("true") boolean countIncludePad)
    implements AvgPoolLayer {
  private static final int AXES = 1;

  public AvgPool1d {
    kernelSize = Options.required(kernelSize, "kernelSize").onAxes(AXES, "kernelSize");
    stride = stride == null ? kernelSize : stride.onAxes(AXES, "stride");
    padding = padding.onAxes(AXES);
  }

  /** Windows side by side, without padding. */
  public static AvgPool1d of(int kernelSize) {
    return new AvgPool1d(Extent.of(kernelSize), null, Padding.valid(), false, true);
  }

  /** This pooling with another stride. */
  public AvgPool1d stride(int size) {
    return new AvgPool1d(kernelSize, Extent.of(size), padding, ceilMode, countIncludePad);
  }

  /** This pooling with another padding on both sides. */
  public AvgPool1d padding(int size) {
    return padding(Padding.of(size));
  }

  /** This pooling with another padding. */
  public AvgPool1d padding(Padding newPadding) {
    return new AvgPool1d(kernelSize, stride, newPadding, ceilMode, countIncludePad);
  }

  /** This pooling with output sizes rounded up. */
  public AvgPool1d withCeilMode() {
    return new AvgPool1d(kernelSize, stride, padding, true, countIncludePad);
  }

  /** This pooling with means of the real elements alone. */
  public AvgPool1d withoutCountingPadding() {
    return new AvgPool1d(kernelSize, stride, padding, ceilMode, false);
  }

  @Override
  public int axes() {
    return AXES;
  }
}
