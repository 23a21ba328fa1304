package org.convoy.nn.layer;

import java.util.Objects;
import org.convoy.description.Default;
import org.convoy.nn.Initializer;
import org.convoy.nn.init.FanInUniform;

/**
 * 3-D convolution (cross-correlation) of channels x depth x height x width, for volumes and videos;
 * Tran et al. 2015. Parameters: weight of outChannels x channels / groups x kernel, bias of
 * outChannels. Names and defaults are those of PyTorch's {@code nn.Conv3d}.
 *
 * @param outChannels number of filters, a multiple of {@code groups}
 * @param kernelSize depth, height and width of the filters
 * @param stride distance between neighbouring windows
 * @param padding virtual zeros around the input
 * @param dilation distance between neighbouring taps
 * @param groups filters of group g see only the channels of group g; divides the channels
 * @param bias whether each filter adds a learned number
 * @param initializer of the weight, and by its {@link Initializer#forBias} of the bias
 */
public record Conv3d(
    int outChannels,
    Extent kernelSize,
    @Default("1") Extent stride,
    @Default("\"valid\"") Padding padding,
    @Default("1") Extent dilation,
    @Default("1") int groups,
    @Default("true") boolean bias,
    @Default("\"fan-in-uniform\"") Initializer initializer)
    implements ConvolutionLayer {
  private static final int AXES = 3;

  public Conv3d {
    Options.requireAtLeast(1, "outChannels", outChannels);
    Options.requireAtLeast(1, "groups", groups);
    kernelSize = Options.required(kernelSize, "kernelSize").onAxes(AXES, "kernelSize");
    stride = Options.required(stride, "stride").onAxes(AXES, "stride");
    padding = padding.onAxes(AXES);
    dilation = Options.required(dilation, "dilation").onAxes(AXES, "dilation");
    Objects.requireNonNull(initializer, "initializer");
  }

  /** Stride 1, no padding, no dilation, one group, with bias. */
  public static Conv3d of(int outChannels, int... kernelSize) {
    return new Conv3d(
        outChannels,
        Extent.of(kernelSize),
        Extent.of(1),
        Padding.valid(),
        Extent.of(1),
        1,
        true,
        new FanInUniform());
  }

  /** This convolution with another stride: one number, or one for each axis. */
  public Conv3d stride(int... sizes) {
    return new Conv3d(
        outChannels, kernelSize, Extent.of(sizes), padding, dilation, groups, bias, initializer);
  }

  /** This convolution with another padding: one number, or one for each axis. */
  public Conv3d padding(int... sizes) {
    return padding(Padding.of(sizes));
  }

  /** This convolution with another padding. */
  public Conv3d padding(Padding newPadding) {
    return new Conv3d(
        outChannels, kernelSize, stride, newPadding, dilation, groups, bias, initializer);
  }

  /** This convolution with another dilation: one number, or one for each axis. */
  public Conv3d dilation(int... sizes) {
    return new Conv3d(
        outChannels, kernelSize, stride, padding, Extent.of(sizes), groups, bias, initializer);
  }

  /** This convolution with another number of groups. */
  public Conv3d groups(int count) {
    return new Conv3d(outChannels, kernelSize, stride, padding, dilation, count, bias, initializer);
  }

  /** This convolution without bias, for when a normalization follows. */
  public Conv3d withoutBias() {
    return new Conv3d(
        outChannels, kernelSize, stride, padding, dilation, groups, false, initializer);
  }

  /** This convolution with another initializer. */
  public Conv3d initializer(Initializer newInitializer) {
    return new Conv3d(
        outChannels, kernelSize, stride, padding, dilation, groups, bias, newInitializer);
  }

  @Override
  public int axes() {
    return AXES;
  }
}
