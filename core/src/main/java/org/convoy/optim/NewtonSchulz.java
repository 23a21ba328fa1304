package org.convoy.optim;

import org.convoy.backend.Backend;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;

/**
 * Makes the singular values of a matrix nearly equal, about 1, and keeps its singular vectors: the
 * quintic Newton-Schulz iteration with the coefficients of Keller Jordan, "Muon" (2024),
 *
 * <pre>
 *   X = G / |G|, then repeatedly  X = a X + (b A + c A A) X  with  A = X X'
 * </pre>
 *
 * whose slope at 0 is steep, so that five rounds bring singular values above a hundredth of the
 * largest to 0.7 .. 1.2; they do not converge to 1.
 */
final class NewtonSchulz {
  private static final float A = 3.4445f;
  private static final float B = -4.7750f;
  private static final float C = 2.0315f;
  private static final double SMALLEST_NORM = 1e-7;

  private static final int MATRIX = 0;
  private static final int NEXT = 1;
  private static final int GRAM = 2;
  private static final int POLYNOMIAL = 3;

  private final Backend backend;
  private final Workspace buffers;
  private final Workspace workspace;

  /**
   * @param buffers for intermediate matrices, slots 0 to 3
   * @param workspace for the backend; another one
   */
  NewtonSchulz(Backend backend, Workspace buffers, Workspace workspace) {
    this.backend = backend;
    this.buffers = buffers;
    this.workspace = workspace;
  }

  /**
   * Works in place.
   *
   * @param values a dense row-major matrix from index 0 on
   * @param steps rounds, at least 1
   */
  void orthogonalize(float[] values, int rows, int columns, int steps) {
    int low = Math.min(rows, columns);
    int high = Math.max(rows, columns);
    Matrix given = Matrix.of(values, 0, rows, columns);
    Matrix wide = rows > columns ? given.transposed() : given;
    Matrix x = Matrix.of(buffers.floats(MATRIX, low * high), 0, low, high);
    Matrix next = Matrix.of(buffers.floats(NEXT, low * high), 0, low, high);
    double norm = GradientClipping.norm(values, 0, rows * columns);
    copy(wide, x, (float) (1 / Math.max(norm, SMALLEST_NORM)));
    for (int step = 0; step < steps; step++) {
      improve(x, next);
      Matrix improved = next;
      next = x;
      x = improved;
    }
    copy(x, wide, 1);
  }

  private void improve(Matrix x, Matrix next) {
    int rows = x.rows();
    Matrix gram = Matrix.of(buffers.floats(GRAM, rows * rows), 0, rows, rows);
    Matrix polynomial = Matrix.of(buffers.floats(POLYNOMIAL, rows * rows), 0, rows, rows);
    backend.multiply(x, x.transposed(), false, gram, workspace);
    backend.multiply(gram, gram, false, polynomial, workspace);
    float[] linear = gram.data();
    float[] both = polynomial.data();
    for (int i = 0; i < rows * rows; i++) {
      both[i] = Math.fma(B, linear[i], C * both[i]);
    }
    float[] from = x.data();
    float[] to = next.data();
    for (int i = 0; i < rows * x.columns(); i++) {
      to[i] = A * from[i];
    }
    backend.multiply(polynomial, x, true, next, workspace);
  }

  private static void copy(Matrix source, Matrix target, float factor) {
    for (int i = 0; i < source.rows(); i++) {
      int from = source.offset() + i * source.rowStride();
      int to = target.offset() + i * target.rowStride();
      for (int j = 0; j < source.columns(); j++) {
        target.data()[to + j * target.columnStride()] =
            factor * source.data()[from + j * source.columnStride()];
      }
    }
  }
}
