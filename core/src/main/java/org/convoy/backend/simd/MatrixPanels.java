package org.convoy.backend.simd;

import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;

/** Panels of a matrix. */
final class MatrixPanels implements Panels {
  private final Matrix matrix;
  private final Transposition transposition;

  MatrixPanels(Matrix matrix, Workspace workspace) {
    this.matrix = matrix;
    this.transposition = new Transposition(workspace);
  }

  @Override
  public void pack(int from, int end, int column, int width, float[] panel, int to) {
    float[] data = matrix.data();
    int source = matrix.offset() + from * matrix.rowStride() + column * matrix.columnStride();
    if (matrix.columnStride() == 1) {
      for (int p = 0; p < end - from; p++) {
        System.arraycopy(
            data, source + p * matrix.rowStride(), panel, to + p * Vectors.PANEL, width);
      }
    } else {
      int count = end - from;
      transposition.copy(
          data, source, matrix.columnStride(), width, count, panel, to, Vectors.PANEL);
    }
  }
}
