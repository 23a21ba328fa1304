package org.convoy.optim;

import java.io.Serializable;
import org.convoy.nn.ParameterLayout;

/**
 * Limits the Euclidean norm of the whole gradient, as PyTorch's {@code clip_grad_norm_}: a gradient
 * whose norm exceeds the maximum is multiplied by {@code maximumNorm / (norm + 1e-6)}.
 *
 * @param maximumNorm above 0; infinity only looks for numbers that are not finite
 */
public record GradientClipping(double maximumNorm) implements Serializable {
  private static final int LANES = 16;

  public GradientClipping {
    if (!(maximumNorm > 0)) {
      throw new IllegalArgumentException(
          "gradient clipping: maximumNorm must be above 0, got " + maximumNorm);
    }
  }

  /**
   * Scales the gradient in place if it is too long.
   *
   * @return its norm before
   * @throws NonFiniteGradientException if an element is infinite or NaN; nothing is changed then
   */
  public double clip(float[] gradient, ParameterLayout layout) {
    double norm = norm(gradient);
    if (!Double.isFinite(norm)) {
      throw notFinite(gradient, layout);
    }
    double scale = maximumNorm / (norm + 1e-6);
    if (scale < 1) {
      float factor = (float) scale;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= factor;
      }
    }
    return norm;
  }

  /**
   * The Euclidean norm, summed in double in an order that does not depend on the machine: element i
   * in lane i mod 16, then the lanes from first to last. Squares of floats cannot overflow a
   * double, so the norm is finite exactly when every element is.
   */
  public static double norm(float[] vector) {
    double[] lanes = new double[LANES];
    int bound = vector.length - vector.length % LANES;
    for (int i = 0; i < bound; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        double value = vector[i + lane];
        lanes[lane] += value * value;
      }
    }
    for (int i = bound; i < vector.length; i++) {
      double value = vector[i];
      lanes[i - bound] += value * value;
    }
    double sum = 0;
    for (double lane : lanes) {
      sum += lane;
    }
    return StrictMath.sqrt(sum);
  }

  private static NonFiniteGradientException notFinite(float[] gradient, ParameterLayout layout) {
    String first = null;
    String where = null;
    int affected = 0;
    for (ParameterLayout.Slice slice : layout.slices()) {
      int index = firstNonFinite(gradient, slice);
      if (index >= 0) {
        affected++;
      }
      if (index >= 0 && first == null) {
        first = slice.name();
        where = gradient[slice.offset() + index] + " at element " + index;
      }
    }
    return new NonFiniteGradientException(
        first,
        String.format(
            "the gradient of %s (%s) is %s; %d of %d parameters are affected. Expected finite"
                + " numbers: lower the learning rate, warm up longer or clip at a smaller norm",
            first, layout.slice(first).shape(), where, affected, layout.slices().size()));
  }

  private static int firstNonFinite(float[] gradient, ParameterLayout.Slice slice) {
    for (int i = 0; i < slice.length(); i++) {
      if (!Float.isFinite(gradient[slice.offset() + i])) {
        return i;
      }
    }
    return -1;
  }
}
