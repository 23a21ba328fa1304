package org.convoy.nn.layer;

import java.util.Objects;
import org.convoy.description.Default;
import org.convoy.nn.Initializer;
import org.convoy.nn.init.FanInUniform;

/**
 * 1-D transposed convolution of channels x length: every input element puts the kernel, times
 * itself, into the output, where they add; Dumoulin and Visin 2016. Parameters: weight of channels
 * x outChannels / groups x kernel, bias of outChannels. Names and defaults are those of PyTorch's
 * {@code nn.ConvTranspose1d}.
 *
 * @param outChannels number of output channels, a multiple of {@code groups}
 * @param kernelSize length of the filters
 * @param stride distance in the output between neighbouring input elements
 * @param padding how much the output is cut at its sides; numbers only
 * @param outputPadding how much longer the output is at its end, below the stride
 * @param dilation distance between neighbouring taps
 * @param groups outputs of group g see only the channels of group g; divides the channels
 * @param bias whether each output channel adds a learned number
 * @param initializer of the weight, and by its {@link Initializer#forBias} of the bias
 */
public record ConvTranspose1d(
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
  private static final int AXES = 1;

  public ConvTranspose1d {
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
  public static ConvTranspose1d of(int outChannels, int kernelSize) {
    return new ConvTranspose1d(
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

  /** This layer with another stride. */
  public ConvTranspose1d stride(int size) {
    return new ConvTranspose1d(
        outChannels,
        kernelSize,
        Extent.of(size),
        padding,
        outputPadding,
        dilation,
        groups,
        bias,
        initializer);
  }

  /** This layer with another padding. */
  public ConvTranspose1d padding(int size) {
    return new ConvTranspose1d(
        outChannels,
        kernelSize,
        stride,
        Padding.of(size),
        outputPadding,
        dilation,
        groups,
        bias,
        initializer);
  }

  /** This layer with a longer output. */
  public ConvTranspose1d outputPadding(int size) {
    return new ConvTranspose1d(
        outChannels,
        kernelSize,
        stride,
        padding,
        Padding.of(size),
        dilation,
        groups,
        bias,
        initializer);
  }

  /** This layer with another dilation. */
  public ConvTranspose1d dilation(int size) {
    return new ConvTranspose1d(
        outChannels,
        kernelSize,
        stride,
        padding,
        outputPadding,
        Extent.of(size),
        groups,
        bias,
        initializer);
  }

  /** This layer with another number of groups. */
  public ConvTranspose1d groups(int count) {
    return new ConvTranspose1d(
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
  public ConvTranspose1d withoutBias() {
    return new ConvTranspose1d(
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
  public ConvTranspose1d initializer(Initializer newInitializer) {
    return new ConvTranspose1d(
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
