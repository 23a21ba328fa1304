package org.convoy.nn.layer;

import org.convoy.description.Default;

/**
 * The largest element of each window of each channel of channels x depth x height x width; padding
 * never wins, the first one in row-major order wins a tie. Names and defaults are those of
 * PyTorch's {@code nn.MaxPool3d}.
 *
 * @param kernelSize depth, height and width of the window
 * @param stride distance between neighbouring windows; the kernel size if left out
 * @param padding at most half the window
 * @param dilation distance between neighbouring taps
 * @param ceilMode whether output sizes round up instead of down
 */
public record MaxPool3d(
    Extent kernelSize,
    @Default("null") Extent stride,
    @Default("\"valid\"") Padding padding,
    @Default("1") Extent dilation,
    @Default("false") boolean ceilMode)
    implements MaxPoolLayer {
  private static final int AXES = 3;

  public MaxPool3d {
    kernelSize = Options.required(kernelSize, "kernelSize").onAxes(AXES, "kernelSize");
    stride = stride == null ? kernelSize : stride.onAxes(AXES, "stride");
    padding = padding.onAxes(AXES);
    dilation = Options.required(dilation, "dilation").onAxes(AXES, "dilation");
  }

  /** Windows side by side, without padding. */
  public static MaxPool3d of(int... kernelSize) {
    return new MaxPool3d(Extent.of(kernelSize), null, Padding.valid(), Extent.of(1), false);
  }

  /** This pooling with another stride: one number, or one for each axis. */
  public MaxPool3d stride(int... sizes) {
    return new MaxPool3d(kernelSize, Extent.of(sizes), padding, dilation, ceilMode);
  }

  /** This pooling with another padding: one number, or one for each axis. */
  public MaxPool3d padding(int... sizes) {
    return padding(Padding.of(sizes));
  }

  /** This pooling with another padding. */
  public MaxPool3d padding(Padding newPadding) {
    return new MaxPool3d(kernelSize, stride, newPadding, dilation, ceilMode);
  }

  /** This pooling with another dilation: one number, or one for each axis. */
  public MaxPool3d dilation(int... sizes) {
    return new MaxPool3d(kernelSize, stride, padding, Extent.of(sizes), ceilMode);
  }

  /** This pooling with output sizes rounded up. */
  public MaxPool3d withCeilMode() {
    return new MaxPool3d(kernelSize, stride, padding, dilation, true);
  }

  @Override
  public int axes() {
    return AXES;
  }
}
