package org.convoy.filter;

import java.util.Optional;
import org.convoy.description.Default;

/**
 * Finds bright blobs of radius sigma * sqrt(2): sigma^2 times the negative Laplacian of a Gaussian,
 * (2 - (x^2 + y^2) / sigma^2) exp(-(x^2 + y^2) / (2 sigma^2)) / (2 pi sigma^2), so that answers of
 * different sigma compare (Lindeberg, "Feature detection with automatic scale selection", IJCV
 * 1998). Taken at whole pixels; the mean is subtracted, so that an even surface gives 0.
 *
 * @param size height and width, odd; what holds four sigma to either side unless given
 * @param sigma in pixels, above 0
 */
record LaplacianOfGaussian(Optional<Integer> size, @Default("1.4") double sigma)
    implements KernelFormula {
  LaplacianOfGaussian {
    size.ifPresent(given -> Kernel.checkSize("size", given));
    Samples.checkSigma(sigma);
  }

  @Override
  public float[][] rows() {
    int side = size.orElseGet(() -> Samples.sizeFor(4 * sigma));
    double[][] values = new double[side][side];
    double mean = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double square = Samples.squaredDistance(x, y, side) / (sigma * sigma);
        values[y][x] = (2 - square) * StrictMath.exp(-square / 2) / (2 * Math.PI * sigma * sigma);
        mean += values[y][x] / (side * side);
      }
    }
    for (double[] row : values) {
      for (int x = 0; x < side; x++) {
        row[x] -= mean;
      }
    }
    return Samples.toFloats(values);
  }
}
