package org.convoy.nn.layer;

import java.util.Objects;
import org.convoy.description.Default;
import org.convoy.nn.Initializer;
import org.convoy.nn.init.FanInUniform;

/**
 * 2-D transposed convolution of channels x height x width: every input element puts the kernel,
 * times itself, into the output, where they add; Dumoulin and Visin 2016. Parameters: weight of
 * channels x outChannels / groups x kernel, bias of outChannels. Names and defaults are those of
 * PyTorch's {@code nn.ConvTranspose2d}.
 *
 * @param outChannels number of output channels, a multiple of {@code groups}
 * @param kernelSize height and width of the filters
 * @param stride distance in the output between neighbouring input elements
 * @param padding how much the output is cut at its sides; numbers only
 * @param outputPadding how much longer the output is at its end, below the stride
 * @param dilation distance between neighbouring taps
 * @param groups outputs of group g see only the channels of group g; divides the channels
 * @param bias whether each output channel adds a learned number
 * @param initializer of the weight, and by its {@link Initializer#forBias} of the bias
 */
public record ConvTranspose2d(
    int outChannels,
    Extent kernelSize,
    @Default("1") Extent stride,
    @Default("0") Padding padding,
    @Default("0") Padding outputPadding,
    @Default("1") Extent dilation,
    @Default("1") int groups,
    @Default("true") boolean bias,
    @Default("\"fan-in-uniform\"") Initializer initializer)
    implements ConvTransposeLayer {
  private static final int AXES = 2;

  public ConvTranspose2d {
    Options.requireAtLeast(1, "outChannels", outChannels);
    Options.requireAtLeast(1, "groups", groups);
    kernelSize = Options.required(kernelSize, "kernelSize").onAxes(AXES, "kernelSize");
    stride = Options.required(stride, "stride").onAxes(AXES, "stride");
    padding = Options.numbers(padding, "padding").onAxes(AXES);
    outputPadding = Options.below(stride, outputPadding, AXES);
    dilation = Options.required(dilation, "dilation").onAxes(AXES, "dilation");
    Objects.requireNonNull(initializer, "initializer");
  }

  /** Stride 1, no padding, no dilation, one group, with bias. */
  public static ConvTranspose2d of(int outChannels, int... kernelSize) {
    return new ConvTranspose2d(
        outChannels,
        Extent.of(kernelSize),
        Extent.of(1),
        Padding.valid(),
        Padding.valid(),
        Extent.of(1),
        1,
        true,
        new FanInUniform());
  }

  /** This layer with another stride: one number, or one each for height and width. */
  public ConvTranspose2d stride(int... sizes) {
    return new ConvTranspose2d(
        outChannels,
        kernelSize,
        Extent.of(sizes),
        padding,
        outputPadding,
        dilation,
        groups,
        bias,
        initializer);
  }

  /** This layer with another padding: one number, or one each for height and width. */
  public ConvTranspose2d padding(int... sizes) {
    return new ConvTranspose2d(
        outChannels,
        kernelSize,
        stride,
        Padding.of(sizes),
        outputPadding,
        dilation,
        groups,
        bias,
        initializer);
  }

  /** This layer with a longer output: one number, or one each for height and width. */
  public ConvTranspose2d outputPadding(int... sizes) {
    return new ConvTranspose2d(
        outChannels,
        kernelSize,
        stride,
        padding,
        Padding.of(sizes),
        dilation,
        groups,
        bias,
        initializer);
  }

  /** This layer with another dilation: one number, or one each for height and width. */
  public ConvTranspose2d dilation(int... sizes) {
    return new ConvTranspose2d(
        outChannels,
        kernelSize,
        stride,
        padding,
        outputPadding,
        Extent.of(sizes),
        groups,
        bias,
        initializer);
  }

  /** This layer with another number of groups. */
  public ConvTranspose2d groups(int count) {
    return new ConvTranspose2d(
        outChannels,
        kernelSize,
        stride,
        padding,
        outputPadding,
        dilation,
        count,
        bias,
        initializer);
  }

  /** This layer without bias, for when a normalization follows. */
  public ConvTranspose2d withoutBias() {
    return new ConvTranspose2d(
        outChannels,
        kernelSize,
        stride,
        padding,
        outputPadding,
        dilation,
        groups,
        false,
        initializer);
  }

  /** This layer with another initializer. */
  public ConvTranspose2d initializer(Initializer newInitializer) {
    return new ConvTranspose2d(
        outChannels,
        kernelSize,
        stride,
        padding,
        outputPadding,
        dilation,
        groups,
        bias,
        newInitializer);
  }

  @Override
  public int axes() {
    return AXES;
  }
}
