package org.convoy.testing;

import java.util.Arrays;

/** Singular values in double precision, slow and sure. */
public final class Spectrum {
  private static final int SWEEPS = 20;

  private Spectrum() {}

  /**
   * All singular values, ascending, by one-sided Jacobi rotations.
   *
   * @param values a dense row-major matrix
   */
  public static double[] singularValues(float[] values, int rows, int columns) {
    boolean tall = rows > columns;
    double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        vectors[tall ? j : i][tall ? i : j] = values[i * columns + j];
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < vectors.length; i++) {
        for (int j = 0; j < i; j++) {
          rotate(vectors[i], vectors[j]);
        }
      }
    }
    return Arrays.stream(vectors).mapToDouble(v -> Math.sqrt(dot(v, v))).sorted().toArray();
  }

  /** Turns two vectors in their plane until they stand at a right angle. */
  private static void rotate(double[] a, double[] b) {
    double product = dot(a, b);
    if (product == 0) {
      return;
    }
    double half = (dot(b, b) - dot(a, a)) / (2 * product);
    double tangent = Math.copySign(1, half) / (Math.abs(half) + Math.sqrt(1 + half * half));
    double cosine = 1 / Math.sqrt(1 + tangent * tangent);
    double sine = cosine * tangent;
    for (int k = 0; k < a.length; k++) {
      double first = a[k];
      a[k] = cosine * first - sine * b[k];
      b[k] = sine * first + cosine * b[k];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
