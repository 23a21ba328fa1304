package org.convoy.train;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and
 * Van Loan, "Matrix Computations", section 8.5): in every sweep each pair of axes is turned, in row
 * order, until what is off the diagonal is too small to change it. Needs no function but the square
 * root, so the same matrix gives the same bits on every JVM.
 *
 * <p>Values are in descending order, equal ones in the order of their axes. Of a vector and its
 * opposite, the one whose element of largest magnitude, the first of several, is above 0.
 */
final class SymmetricEigen {
  private static final int MOST_SWEEPS = 100;

  private final int size;
  private final double[] matrix;
  private final double[] axes;
  private final int[] order;

  /**
   * @param matrix of size x size, row after row, symmetric and finite; not changed
   */
  SymmetricEigen(double[] matrix, int size) {
    this.size = size;
    this.matrix = matrix.clone();
    this.axes = new double[size * size];
    for (int i = 0; i < size; i++) {
      axes[i * size + i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(); sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          turn(p, q);
        }
      }
    }
    this.order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -diagonal(i)).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** The eigenvalue of a rank, from the largest, 0, on. */
  double value(int rank) {
    return diagonal(order[rank]);
  }

  /** The unit eigenvector of a rank. */
  double[] vector(int rank) {
    double[] vector = new double[size];
    int largest = 0;
    for (int i = 0; i < size; i++) {
      vector[i] = axes[i * size + order[rank]];
      largest = Math.abs(vector[i]) > Math.abs(vector[largest]) ? i : largest;
    }
    double sign = vector[largest] < 0 ? -1 : 1;
    for (int i = 0; i < size; i++) {
      vector[i] *= sign;
    }
    return vector;
  }

  private double diagonal(int axis) {
    return matrix[axis * size + axis];
  }

  private boolean isDiagonal() {
    double beside = 0;
    double along = 0;
    for (int i = 0; i < size; i++) {
      along += Math.abs(diagonal(i));
      for (int j = i + 1; j < size; j++) {
        beside += Math.abs(matrix[i * size + j]);
      }
    }
    return along + beside == along;
  }

  /** Turns axes p and q so that their element becomes 0. */
  private void turn(int p, int q) {
    double beside = matrix[p * size + q];
    if (beside == 0) {
      return;
    }
    double ratio = (diagonal(q) - diagonal(p)) / (2 * beside);
    double tangent = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
    double cosine = 1 / Math.sqrt(1 + tangent * tangent);
    double sine = tangent * cosine;
    for (int k = 0; k < size; k++) {
      rotate(matrix, k * size + p, k * size + q, cosine, sine);
    }
    for (int k = 0; k < size; k++) {
      rotate(matrix, p * size + k, q * size + k, cosine, sine);
      rotate(axes, k * size + p, k * size + q, cosine, sine);
    }
    matrix[p * size + q] = 0;
    matrix[q * size + p] = 0;
  }

  private static void rotate(double[] values, int first, int second, double cosine, double sine) {
    double a = values[first];
    double b = values[second];
    values[first] = cosine * a - sine * b;
    values[second] = sine * a + cosine * b;
  }
}
