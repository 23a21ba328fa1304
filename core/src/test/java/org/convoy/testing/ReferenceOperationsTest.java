package org.convoy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.convoy.backend.Convolution;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;

/** The reference's gradients against central differences of its forward pass. */
class ReferenceOperationsTest {
  private static final double STEP = 1e-4;

  @Test
  void gradientsOfTheReferenceAreItsDerivatives() {
    for (int i = 0; i < 20; i++) {
      RandomKey key = RandomKey.ofSeed(7).with(i);
      Convolution geometry = Geometries.randomConvolution(key);
      double[] x = random(key.with("x"), 2 * geometry.input().elementCount());
      double[] w = random(key.with("w"), geometry.weight().elementCount());
      double[] gy = random(key.with("gy"), 2 * geometry.output().elementCount());

      assertDerivative(
          ReferenceOperations.convolveBackwardInput(geometry, 2, gy, w),
          x,
          moved -> dot(gy, ReferenceOperations.convolve(geometry, 2, moved, w, null)));
      assertDerivative(
          ReferenceOperations.convolveBackwardWeight(geometry, 2, x, gy),
          w,
          moved -> dot(gy, ReferenceOperations.convolve(geometry, 2, x, moved, null)));
    }
  }

  /** Convolution is linear in each argument, so the differences are exact but for rounding. */
  private static void assertDerivative(
      double[] gradient, double[] at, ToDoubleFunction<double[]> loss) {
    for (int i = 0; i < at.length; i += 1 + at.length / 10) {
      double[] moved = at.clone();
      moved[i] = at[i] + STEP;
      double above = loss.applyAsDouble(moved);
      moved[i] = at[i] - STEP;
      double below = loss.applyAsDouble(moved);
      assertThat(gradient[i]).isCloseTo((above - below) / (2 * STEP), within(1e-8));
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] random(RandomKey key, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = key.uniform(i, -1, 1);
    }
    return values;
  }
}
