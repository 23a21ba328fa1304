package org.convoy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.convoy.tensor.Tensor;

/**
 * The tolerance of comparisons with a double reference: a sum of n float products, each rounded
 * once, is off by at most n * 2^-24 times the sum of the products' magnitudes (Higham, "Accuracy
 * and stability of numerical algorithms", 2002, section 3.1).
 */
public final class RoundingBound {
  private static final double HALF_UNIT = 0x1p-24;

  private RoundingBound() {}

  /**
   * @param magnitude the same sums over the magnitudes of the terms
   * @param terms number of roundings of one element
   */
  public static void assertWithin(Tensor actual, double[] expected, double[] magnitude, int terms) {
    assertThat(actual.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      float got = actual.data()[actual.offset() + i];
      double tolerance = terms * HALF_UNIT * magnitude[i];
      if (!(Math.abs(got - expected[i]) <= tolerance)) {
        assertThat(got)
            .as("element %d of %d, tolerance %g", i, expected.length, tolerance)
            .isEqualTo((float) expected[i]);
      }
    }
  }
}
