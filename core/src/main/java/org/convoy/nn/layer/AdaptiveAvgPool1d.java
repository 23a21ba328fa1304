package org.convoy.nn.layer;

/**
 * Means of windows that are laid over channels x length so that the output has the given size,
 * whatever that of the input: window i covers the elements floor(i * size / outputs) to ceil((i +
 * 1) * size / outputs) - 1. PyTorch's {@code nn.AdaptiveAvgPool1d}; each window is summed in
 * row-major order and divided once.
 *
 * @param outputSize length of the output
 */
public record AdaptiveAvgPool1d(Extent outputSize) implements AdaptiveAvgPoolLayer {
  private static final int AXES = 1;

  public AdaptiveAvgPool1d {
    outputSize = Options.required(outputSize, "outputSize").onAxes(AXES, "outputSize");
  }

  /** To this size on the only axis. */
  public static AdaptiveAvgPool1d of(int outputSize) {
    return new AdaptiveAvgPool1d(Extent.of(outputSize));
  }

  @Override
  public int axes() {
    return AXES;
  }
}
