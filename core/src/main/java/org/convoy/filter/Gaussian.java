package org.convoy.filter;

import java.util.Optional;
import org.convoy.description.Default;

/**
 * Blurs by exp(-(x^2 + y^2) / (2 sigma^2)), taken at whole pixels and divided by the sum.
 *
 * @param size height and width, odd; what holds three sigma to either side unless given
 * @param sigma in pixels, above 0
 */
record Gaussian(Optional<Integer> size, @Default("1.0") double sigma) implements KernelFormula {
  Gaussian {
    size.ifPresent(given -> Kernel.checkSize("size", given));
    Samples.checkSigma(sigma);
  }

  @Override
  public float[][] rows() {
    int side = size.orElseGet(() -> Samples.sizeFor(3 * sigma));
    return Samples.toFloats(Samples.gaussian(side, sigma));
  }
}
