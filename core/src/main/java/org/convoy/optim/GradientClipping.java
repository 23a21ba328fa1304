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
  public GradientClipping {
    if (!(maximumNorm > 0)) {
      throw new IllegalArgumentException(
          "gradient clipping: maximumNorm must be above 0, got " + maximumNorm);
    }
  }

  /**
   * Scales the gradient in place if it is too long; statistics behind it are looked at only.
   *
   * @return its norm before
   * @throws NonFiniteGradientException if an element is infinite or NaN; nothing is changed then
   */
  public double clip(float[] gradient, ParameterLayout layout) {
    int length = layout.parameterLength();
    double norm = norm(gradient, 0, length);
    if (!Double.isFinite(norm) || !Double.isFinite(norm(gradient, length, layout.length()))) {
      throw notFinite(gradient, layout);
    }
    double scale = maximumNorm / (norm + 1e-6);
    if (scale < 1) {
      float factor = (float) scale;
      for (int i = 0; i < length; i++) {
        gradient[i] *= factor;
      }
    }
    return norm;
  }

  /**
   * The Euclidean norm, summed in double in an order that does not depend on the machine: element i
   * goes to sum i mod 4, what is left over to the first, the sums are added in pairs. Squares of
   * floats cannot overflow a double, so the norm is finite exactly when every element is.
   */
  public static double norm(float[] vector) {
    return norm(vector, 0, vector.length);
  }

  /** {@link #norm(float[])} of the elements from {@code begin} to before {@code end}. */
  static double norm(float[] vector, int begin, int end) {
    // Four variables instead of one, so that additions need not wait for each other: a third
    // faster.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int bound = end - (end - begin) % 4;
    for (int i = begin; i < bound; i += 4) {
      sum0 += square(vector[i]);
      sum1 += square(vector[i + 1]);
      sum2 += square(vector[i + 2]);
      sum3 += square(vector[i + 3]);
    }
    for (int i = bound; i < end; i++) {
      sum0 += square(vector[i]);
    }
    return StrictMath.sqrt((sum0 + sum1) + (sum2 + sum3));
  }

  private static double square(float value) {
    return (double) value * value;
  }

  private static NonFiniteGradientException notFinite(float[] gradient, ParameterLayout layout) {
    String first = null;
    String where = null;
    int affected = 0;
    for (ParameterLayout.Slice slice : layout.parameters()) {
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
            first, layout.slice(first).shape(), where, affected, layout.parameters().size()));
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
