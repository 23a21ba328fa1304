package org.convoy.nn.layer;

import org.convoy.description.Default;

/**
 * The mean of each window of each channel of channels x depth x height x width. Names and defaults
 * are those of PyTorch's {@code nn.AvgPool3d}.
 *
 * @param kernelSize depth, height and width of the window
 * @param stride distance between neighbouring windows; the kernel size if left out
 * @param padding virtual zeros around the input, at most half the window
 * @param ceilMode whether output sizes round up instead of down
 * @param countIncludePad whether the divisor counts padded elements
 */
public record AvgPool3d(
    Extent kernelSize,
    @Default("null") Extent stride,
    @Default("\"valid\"") Padding padding,
    @Default("false") boolean ceilMode,
    @Default("true") boolean countIncludePad)
    implements AvgPoolLayer {
  private static final int AXES = 3;

  public AvgPool3d {
    kernelSize = Options.required(kernelSize, "kernelSize").onAxes(AXES, "kernelSize");
    stride = stride == null ? kernelSize : stride.onAxes(AXES, "stride");
    padding = padding.onAxes(AXES);
  }

  /** Windows side by side, without padding. */
  public static AvgPool3d of(int... kernelSize) {
    return new AvgPool3d(Extent.of(kernelSize), null, Padding.valid(), false, true);
  }

  /** This pooling with another stride: one number, or one for each axis. */
  public AvgPool3d stride(int... sizes) {
    return new AvgPool3d(kernelSize, Extent.of(sizes), padding, ceilMode, countIncludePad);
  }

  /** This pooling with another padding: one number, or one for each axis. */
  public AvgPool3d padding(int... sizes) {
    return padding(Padding.of(sizes));
  }

  /** This pooling with another padding. */
  public AvgPool3d padding(Padding newPadding) {
    return new AvgPool3d(kernelSize, stride, newPadding, ceilMode, countIncludePad);
  }

  /** This pooling with output sizes rounded up. */
  public AvgPool3d withCeilMode() {
    return new AvgPool3d(kernelSize, stride, padding, true, countIncludePad);
  }

  /** This pooling with means of the real elements alone. */
  public AvgPool3d withoutCountingPadding() {
    return new AvgPool3d(kernelSize, stride, padding, ceilMode, false);
  }

  @Override
  public int axes() {
    return AXES;
  }
}
