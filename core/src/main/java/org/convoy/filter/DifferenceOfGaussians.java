package org.convoy.filter;

import java.util.Optional;
import org.convoy.description.Default;

/**
 * A narrow Gaussian minus a wide one: finds bright blobs, nearly as the {@link LaplacianOfGaussian}
 * does (Marr and Hildreth, "Theory of edge detection", 1980, who found 1.6 the best ratio).
 *
 * @param size height and width, odd; what holds three of the wider sigma to either side unless
 *     given
 * @param sigma of the narrow one in pixels, above 0
 * @param ratio of the wide sigma to the narrow one, above 1
 */
record DifferenceOfGaussians(
    Optional<Integer> size, @Default("1.0") double sigma, @Default("1.6") double ratio)
    implements KernelFormula {
  DifferenceOfGaussians {
    size.ifPresent(given -> Kernel.checkSize("size", given));
    Samples.checkSigma(sigma);
    if (!(ratio > 1 && ratio <= 100)) {
      throw new IllegalArgumentException("ratio must be above 1, at most 100, got " + ratio);
    }
  }

  @Override
  public float[][] rows() {
    int side = size.orElseGet(() -> Samples.sizeFor(3 * ratio * sigma));
    double[][] narrow = Samples.gaussian(side, sigma);
    double[][] wide = Samples.gaussian(side, ratio * sigma);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        narrow[y][x] -= wide[y][x];
      }
    }
    return Samples.toFloats(narrow);
  }
}
