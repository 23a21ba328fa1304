package org.convoy.nn.layer;

/**
 * Means of windows that are laid over channels x depth x height x width so that the output has the
 * given size, whatever that of the input: window i covers the elements floor(i * size / outputs) to
 * ceil((i + 1) * size / outputs) - 1. PyTorch's {@code nn.AdaptiveAvgPool3d}; each window is summed
 * in row-major order and divided once.
 *
 * @param outputSize depth, height and width of the output
 */
public record AdaptiveAvgPool3d(Extent outputSize) implements AdaptiveAvgPoolLayer {
  private static final int AXES = 3;

  public AdaptiveAvgPool3d {
    outputSize = Options.required(outputSize, "outputSize").onAxes(AXES, "outputSize");
  }

  /** To this size on all axes, or to one on each. */
  public static AdaptiveAvgPool3d of(int... outputSize) {
    return new AdaptiveAvgPool3d(Extent.of(outputSize));
  }

  @Override
  public int axes() {
    return AXES;
  }
}
