package org.convoy.nn.layer;

import org.convoy.description.Default;

/**
 * The mean of each window of each channel. Names and defaults are those of PyTorch's {@code
 * nn.AvgPool2d}.
 *
 * @param kernelSize height and width of the window
 * @param stride distance between neighbouring windows; the kernel size if left out
 * @param padding virtual zeros around the input, at most half the window
 * @param ceilMode whether output sizes round up instead of down
 * @param countIncludePad whether the divisor counts padded elements
 */
public record AvgPool2d(
    Extent kernelSize,
    @Default("null") Extent stride,
    @Default("\"valid\"") Padding padding,
    @Default("false") boolean ceilMode,
    @Default("true") boolean countIncludePad)
    implements AvgPoolLayer {
  private static final int AXES = 2;

  public AvgPool2d {
    kernelSize = Options.required(kernelSize, "kernelSize").onAxes(AXES, "kernelSize");
    stride = stride == null ? kernelSize : stride.onAxes(AXES, "stride");
    padding = padding.onAxes(AXES);
  }

  /** Windows side by side, without padding. */
  public static AvgPool2d of(int... kernelSize) {
    return new AvgPool2d(Extent.of(kernelSize), null, Padding.valid(), false, true);
  }

  /** This pooling with another stride: one number, or one each for height and width. */
  public AvgPool2d stride(int... sizes) {
    return new AvgPool2d(kernelSize, Extent.of(sizes), padding, ceilMode, countIncludePad);
  }

  /** This pooling with another padding: one number, or one each for height and width. */
  public AvgPool2d padding(int... sizes) {
    return padding(Padding.of(sizes));
  }

  /** This pooling with another padding. */
  public AvgPool2d padding(Padding newPadding) {
    return new AvgPool2d(kernelSize, stride, newPadding, ceilMode, countIncludePad);
  }

  /** This pooling with output sizes rounded up. */
  public AvgPool2d withCeilMode() {
    return new AvgPool2d(kernelSize, stride, padding, true, countIncludePad);
  }

  /** This pooling with means of the real elements alone. */
  public AvgPool2d withoutCountingPadding() {
    return new AvgPool2d(kernelSize, stride, padding, ceilMode, false);
  }

  @Override
  public int axes() {
    return AXES;
  }
}
