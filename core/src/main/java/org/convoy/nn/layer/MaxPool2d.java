package org.convoy.nn.layer;

import org.convoy.description.Default;

/**
 * The largest element of each window of each channel; padding never wins, the first one in
 * row-major order wins a tie. Names and defaults are those of PyTorch's {@code nn.MaxPool2d}.
 *
 * @param kernelSize height and width of the window
 * @param stride distance between neighbouring windows; the kernel size if left out
 * @param padding at most half the window
 * @param dilation distance between neighbouring taps
 * @param ceilMode whether output sizes round up instead of down
 */
public record MaxPool2d(
    Extent kernelSize,
    @Default("null") Extent stride,
    @Default("\"valid\"") Padding padding,
    @Default("1") Extent dilation,
    @Default("false") boolean ceilMode)
    implements MaxPoolLayer {
  private static final int AXES = 2;

  public MaxPool2d {
    kernelSize = Options.required(kernelSize, "kernelSize").onAxes(AXES, "kernelSize");
    stride = stride == null ? kernelSize : stride.onAxes(AXES, "stride");
    padding = padding.onAxes(AXES);
    dilation = Options.required(dilation, "dilation").onAxes(AXES, "dilation");
  }

  /** Windows side by side, without padding. */
  public static MaxPool2d of(int... kernelSize) {
    return new MaxPool2d(Extent.of(kernelSize), null, Padding.valid(), Extent.of(1), false);
  }

  /** This pooling with another stride: one number, or one each for height and width. */
  public MaxPool2d stride(int... sizes) {
    return new MaxPool2d(kernelSize, Extent.of(sizes), padding, dilation, ceilMode);
  }

  /** This pooling with another padding: one number, or one each for height and width. */
  public MaxPool2d padding(int... sizes) {
    return padding(Padding.of(sizes));
  }

  /** This pooling with another padding. */
  public MaxPool2d padding(Padding newPadding) {
    return new MaxPool2d(kernelSize, stride, newPadding, dilation, ceilMode);
  }

  /** This pooling with another dilation: one number, or one each for height and width. */
  public MaxPool2d dilation(int... sizes) {
    return new MaxPool2d(kernelSize, stride, padding, Extent.of(sizes), ceilMode);
  }

  /** This pooling with output sizes rounded up. */
  public MaxPool2d withCeilMode() {
    return new MaxPool2d(kernelSize, stride, padding, dilation, true);
  }

  @Override
  public int axes() {
    return AXES;
  }
}
