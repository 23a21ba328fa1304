package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;

/**
 * The product of few rows with a large matrix that lies in memory column by column, as the weights
 * of a linear layer do in its forward pass: columns of the result are rows of tiles, the few rows
 * its lanes, and the large matrix is read once, where it lies.
 */
final class UnpackedProduct {
  /** Fewer elements of the large matrix would not pay. */
  private static final int LARGE = 1 << 16;

  private static final int TWELVE = 12;
  private static final int FOUR = 4;

  private final Matrix large;
  private final boolean accumulate;
  private final Matrix result;
  private final float[] lanes;
  private final float[] tile;

  UnpackedProduct(Matrix a, Matrix b, boolean accumulate, Matrix c, Workspace workspace) {
    this.large = b;
    this.accumulate = accumulate;
    this.result = c;
    int size = Vectors.ALIGNED + a.columns() * Vectors.LENGTH;
    this.lanes = workspace.floats(Slots.PANELS, size);
    Arrays.fill(lanes, 0, size, 0);
    new Transposition(workspace)
        .copy(
            a.data(),
            a.offset(),
            a.rowStride(),
            a.rows(),
            a.columns(),
            lanes,
            Vectors.ALIGNED,
            Vectors.LENGTH);
    this.tile = workspace.floats(Slots.TILE, TWELVE * Vectors.LENGTH);
  }

  static boolean pays(Matrix a, Matrix b) {
    return a.rows() > 0
        && a.rows() <= Vectors.LENGTH
        && a.columnStride() == 1
        && b.rowStride() == 1
        && b.columnStride() > 1
        && (long) b.rows() * b.columns() >= LARGE;
  }

  void addAll() {
    int columns = large.columns();
    int column = 0;
    for (; column + TWELVE <= columns; column += TWELVE) {
      add(column, TWELVE);
    }
    for (; column < columns; column += FOUR) {
      add(column, Math.min(FOUR, columns - column));
    }
  }

  private void add(int column, int count) {
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < result.rows(); i++) {
        tile[r * Vectors.LENGTH + i] = accumulate ? result.data()[place(i, column + r)] : 0;
      }
    }
    int from = large.offset() + column * large.columnStride();
    if (count == TWELVE) {
      UnpackedTile.twelveRows(
          large.rows(), large.data(), from, large.columnStride(), lanes, Vectors.ALIGNED, tile);
    } else if (count == FOUR) {
      UnpackedTile.fourRows(
          large.rows(), large.data(), from, large.columnStride(), lanes, Vectors.ALIGNED, tile);
    } else {
      addPlainly(from, count);
    }
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < result.rows(); i++) {
        result.data()[place(i, column + r)] = tile[r * Vectors.LENGTH + i];
      }
    }
  }

  private void addPlainly(int from, int count) {
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < result.rows(); i++) {
        float sum = tile[r * Vectors.LENGTH + i];
        for (int p = 0; p < large.rows(); p++) {
          float x = large.data()[from + r * large.columnStride() + p];
          sum = Math.fma(lanes[Vectors.ALIGNED + p * Vectors.LENGTH + i], x, sum);
        }
        tile[r * Vectors.LENGTH + i] = sum;
      }
    }
  }

  private int place(int row, int column) {
    return result.offset() + row * result.rowStride() + column;
  }
}
