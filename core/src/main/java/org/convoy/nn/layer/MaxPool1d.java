package org.convoy.nn.layer;

import org.convoy.description.Default;

/**
 * The largest element of each window of each channel of channels x length; padding never wins, the
 * first one wins a tie. Names and defaults are those of PyTorch's {@code nn.MaxPool1d}.
 *
 * @param kernelSize length of the window
 * @param stride distance between neighbouring windows; the kernel size if left out
 * @param padding at most half the window
 * @param dilation distance between neighbouring taps
 * @param ceilMode whether output sizes round up instead of down
 */
public record MaxPool1d(
    Extent kernelSize,
    @Default("null") Extent stride,
    @Default("\"valid\"") Padding padding,
    @Default("1") Extent dilation,
    @Default("false") boolean ceilMode)
    implements MaxPoolLayer {
  private static final int AXES = 1;

  public MaxPool1d {
    kernelSize = Options.required(kernelSize, "kernelSize").onAxes(AXES, "kernelSize");
    stride = stride == null ? kernelSize : stride.onAxes(AXES, "stride");
    padding = padding.onAxes(AXES);
    dilation = Options.required(dilation, "dilation").onAxes(AXES, "dilation");
  }

  /** Windows side by side, without padding. */
  public static MaxPool1d of(int kernelSize) {
    return new MaxPool1d(Extent.of(kernelSize), null, Padding.valid(), Extent.of(1), false);
  }

  /** This pooling with another stride. */
  public MaxPool1d stride(int size) {
    return new MaxPool1d(kernelSize, Extent.of(size), padding, dilation, ceilMode);
  }

  /** This pooling with another padding on both sides. */
  public MaxPool1d padding(int size) {
    return padding(Padding.of(size));
  }

  /** This pooling with another padding. */
  public MaxPool1d padding(Padding newPadding) {
    return new MaxPool1d(kernelSize, stride, newPadding, dilation, ceilMode);
  }

  /** This pooling with another dilation. */
  public MaxPool1d dilation(int size) {
    return new MaxPool1d(kernelSize, stride, padding, Extent.of(size), ceilMode);
  }

  /** This pooling with output sizes rounded up. */
  public MaxPool1d withCeilMode() {
    return new MaxPool1d(kernelSize, stride, padding, dilation, true);
  }

  @Override
  public int axes() {
    return AXES;
  }
}
