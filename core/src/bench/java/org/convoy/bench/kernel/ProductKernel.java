package org.convoy.bench.kernel;

import org.convoy.backend.Backend;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;
import org.convoy.bench.Values;

/** A matrix product with its matrices. */
public final class ProductKernel {
  private final Backend backend;
  private final Matrix left;
  private final Matrix right;
  private final Matrix product;
  private final Workspace workspace = new Workspace();

  public ProductKernel(ProductCase sizes, Backend backend) {
    this.backend = backend;
    this.left = matrix(sizes.rows(), sizes.inner(), sizes.leftTransposed());
    this.right = matrix(sizes.inner(), sizes.columns(), sizes.rightTransposed());
    this.product = matrix(sizes.rows(), sizes.columns(), false);
  }

  private static Matrix matrix(int rows, int columns, boolean transposed) {
    float[] values = Values.uniform(rows * columns);
    return transposed
        ? Matrix.of(values, 0, columns, rows).transposed()
        : Matrix.of(values, 0, rows, columns);
  }

  /** The product; its first element, so that nothing is left out as unused. */
  public float multiply() {
    backend.multiply(left, right, false, product, workspace);
    return product.data()[0];
  }

  /** Floating-point operations of a call. */
  public double operations() {
    return 2.0 * left.rows() * left.columns() * right.columns();
  }
}
