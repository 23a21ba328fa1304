package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.Matrix;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * A correlation of a batch as matrix products, example by example and group by group. The source is
 * unrolled to a matrix of columns: one row per tap (channel, then kernel positions), one column per
 * position of the window, zeros where a tap lies on padding. Then target = weights * columns, and
 * the gradient of the weights += target gradient * columns^T.
 *
 * <p>Columns are made for a few rows of positions at a time, so that large volumes need no large
 * matrix.
 */
final class ScalarConvolution {
  private static final int COLUMNS_SLOT = 0;

  private static final int WEIGHTS_SLOT = 1;
  private static final int PIECE_SLOT = 2;

  /** Aim for the size of a piece of the column matrix, in floats. */
  private static final int PIECE = 1 << 20;

  /** Fewest columns of a piece where there are as many: what {@link Product} works on at once. */
  private static final int FEWEST_COLUMNS = 512;

  private final Correlation correlation;
  private final VolumeWindow window;
  private final int terms;
  private final int positionRows;
  private final int rowsPerPiece;
  private final float[] columns;
  private final Workspace workspace;

  ScalarConvolution(Correlation correlation, Workspace workspace) {
    this.correlation = correlation;
    this.window = correlation.window();
    this.terms = correlation.terms();
    this.positionRows = window.depth().output() * window.height().output();
    int width = window.width().output();
    int positions = Math.max(FEWEST_COLUMNS, PIECE / terms);
    this.rowsPerPiece = Math.min(positionRows, (positions + width - 1) / width);
    this.columns = workspace.floats(COLUMNS_SLOT, Math.multiplyExact(terms, rowsPerPiece * width));
    this.workspace = workspace;
  }

  void run(Tensor source, Tensor weight, Tensor bias, Tensor target) {
    for (int group = 0; group < correlation.groups(); group++) {
      Matrix weights = correlation.weights(weight, group, workspace, WEIGHTS_SLOT);
      for (int n = 0; n < correlation.batch(); n++) {
        for (int row = 0; row < positionRows; row += rowsPerPiece) {
          unroll(source, n, group, row);
          Matrix piece = correlation.fillsTarget() ? target(target, n, group, row) : piece(row);
          fillWithBias(bias, group, piece);
          Product.multiply(weights, columnMatrix(row), true, piece, workspace);
          if (!correlation.fillsTarget()) {
            place(piece, row, target, correlation.target(target, n, group));
          }
        }
      }
    }
  }

  void addWeights(Tensor source, Tensor targetGradient, Tensor weightGradient) {
    for (int n = 0; n < correlation.batch(); n++) {
      for (int group = 0; group < correlation.groups(); group++) {
        Matrix weights = correlation.weights(weightGradient, group);
        for (int row = 0; row < positionRows; row += rowsPerPiece) {
          unroll(source, n, group, row);
          Matrix piece = target(targetGradient, n, group, row);
          Product.multiply(piece, columnMatrix(row).transposed(), true, weights, workspace);
        }
      }
    }
  }

  private void fillWithBias(Tensor bias, int group, Matrix piece) {
    for (int r = 0; r < piece.rows(); r++) {
      int from = piece.offset() + r * piece.rowStride();
      float value = correlation.bias(bias, group, r);
      Arrays.fill(piece.data(), from, from + piece.columns(), value);
    }
  }

  /** Target channels x positions of a piece, in place. */
  private Matrix target(Tensor tensor, int n, int group, int row) {
    int offset = correlation.target(tensor, n, group) + row * window.width().output();
    return Matrix.of(
        tensor.data(), offset, correlation.rows(), pieceColumns(row), correlation.positions());
  }

  /** Target channels x positions of a piece, to be placed later. */
  private Matrix piece(int row) {
    int size = correlation.rows() * pieceColumns(row);
    return Matrix.of(workspace.floats(PIECE_SLOT, size), 0, correlation.rows(), pieceColumns(row));
  }

  private void place(Matrix piece, int firstRow, Tensor tensor, int target) {
    Correlation.Lattice lattice = correlation.target();
    int step = lattice.width().step();
    int width = window.width().output();
    for (int r = 0; r < piece.rows(); r++) {
      int from = piece.offset() + r * piece.rowStride();
      for (int i = 0; i < piece.columns() / width; i++) {
        int row = firstRow + i;
        int to =
            target
                + r * lattice.size()
                + lattice.row(row / window.height().output(), row % window.height().output());
        for (int x = 0; x < width; x++) {
          tensor.data()[to + x * step] = piece.data()[from + i * width + x];
        }
      }
    }
  }

  private Matrix columnMatrix(int row) {
    return Matrix.of(columns, 0, terms, pieceColumns(row));
  }

  private int pieceColumns(int row) {
    return Math.min(rowsPerPiece, positionRows - row) * window.width().output();
  }

  /** Unrolls a piece: the taps in row-major order, and for each its rows in order. */
  private void unroll(Tensor source, int n, int group, int firstRow) {
    Arrays.fill(columns, 0, terms * pieceColumns(firstRow), 0);
    int from = correlation.source(source, n, group);
    int column = 0;
    for (int c = 0; c < window.channels(); c++) {
      int channel = from + c * window.inputPositions();
      for (int kz = 0; kz < window.depth().kernel(); kz++) {
        for (int ky = 0; ky < window.height().kernel(); ky++) {
          for (int kx = 0; kx < window.width().kernel(); kx++) {
            unrollTap(source.data(), channel, firstRow, column, kz, ky, kx);
            column += pieceColumns(firstRow);
          }
        }
      }
    }
  }

  private void unrollTap(
      float[] data, int channel, int firstRow, int column, int kz, int ky, int kx) {
    VolumeWindow.Span depth = window.depth();
    VolumeWindow.Span height = window.height();
    VolumeWindow.Span width = window.width();
    int stride = width.stride();
    int first = width.firstInside(kx);
    int count = width.endInside(kx) - first;
    int endRow = Math.min(positionRows, firstRow + rowsPerPiece);
    for (int row = firstRow; row < endRow && count > 0; row++) {
      int z = row / height.output() * depth.stride() + depth.start(kz);
      int y = row % height.output() * height.stride() + height.start(ky);
      if (z >= 0 && z < depth.size() && y >= 0 && y < height.size()) {
        int x = first * stride + width.start(kx);
        int element = channel + (z * height.size() + y) * width.size() + x;
        int to = column + (row - firstRow) * width.output() + first;
        for (int i = 0; i < count; i++) {
          columns[to + i] = data[element + i * stride];
        }
      }
    }
  }
}
