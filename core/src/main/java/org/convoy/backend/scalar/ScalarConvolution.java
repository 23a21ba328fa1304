package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.backend.Convolution;
import org.convoy.backend.Matrix;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Convolution of a batch as matrix products, example by example and group by group. The input is
 * unrolled to a matrix of columns: one row per tap (channel, then kernel positions), one column per
 * output position, zeros where a tap lies on padding. Then output = weight * columns, the gradient
 * of the columns = weight^T * output gradient, and that of the weights += output gradient *
 * columns^T.
 *
 * <p>Columns are made for a few rows of outputs at a time, so that large volumes need no large
 * matrix. The input's gradient takes these pieces from the last to the first: an input element
 * meets a later tap at an earlier output, so that it still takes its taps in ascending order.
 */
final class ScalarConvolution {
  private static final int COLUMNS_SLOT = 0;

  /** Aim for the size of a piece of the column matrix, in floats. */
  private static final int PIECE = 1 << 20;

  /** Fewest columns of a piece where there are as many: what {@link Product} works on at once. */
  private static final int FEWEST_COLUMNS = 512;

  private final VolumeWindow window;
  private final int batch;
  private final int groups;
  private final int filters;
  private final int terms;
  private final int inputSize;
  private final int outputRows;
  private final int rowsPerPiece;
  private final float[] columns;
  private final Workspace workspace;

  ScalarConvolution(Convolution geometry, int batch, Workspace workspace) {
    this.window = VolumeWindow.of(geometry);
    this.batch = batch;
    this.groups = geometry.groups();
    this.filters = geometry.filters() / groups;
    this.terms = window.channels() / groups * window.taps();
    this.inputSize = window.channels() / groups * window.inputPositions();
    this.outputRows = window.depth().output() * window.height().output();
    int width = window.width().output();
    int positions = Math.max(FEWEST_COLUMNS, PIECE / terms);
    this.rowsPerPiece = Math.min(outputRows, (positions + width - 1) / width);
    this.columns = workspace.floats(COLUMNS_SLOT, Math.multiplyExact(terms, rowsPerPiece * width));
    this.workspace = workspace;
  }

  void forward(Tensor input, Tensor weight, Tensor bias, Tensor output) {
    for (int i = 0; i < batch * groups; i++) {
      fillWithBias(bias, i, output);
      for (int row = 0; row < outputRows; row += rowsPerPiece) {
        unroll(input, i, row);
        Matrix piece = activations(output, i, row);
        Product.multiply(weights(weight, i), columnMatrix(row), true, piece, workspace);
      }
    }
  }

  void backwardInput(Tensor outputGradient, Tensor weight, Tensor inputGradient) {
    inputGradient.fill(0);
    int last = (outputRows - 1) / rowsPerPiece * rowsPerPiece;
    for (int i = 0; i < batch * groups; i++) {
      Matrix transposed = weights(weight, i).transposed();
      for (int row = last; row >= 0; row -= rowsPerPiece) {
        Matrix piece = activations(outputGradient, i, row);
        Product.multiply(transposed, piece, false, columnMatrix(row), workspace);
        addColumns(inputGradient, i, row);
      }
    }
  }

  void backwardWeight(Tensor input, Tensor outputGradient, Tensor weightGradient) {
    for (int i = 0; i < batch * groups; i++) {
      for (int row = 0; row < outputRows; row += rowsPerPiece) {
        unroll(input, i, row);
        Matrix piece = activations(outputGradient, i, row);
        Matrix transposed = columnMatrix(row).transposed();
        Product.multiply(piece, transposed, true, weights(weightGradient, i), workspace);
      }
    }
  }

  private void fillWithBias(Tensor bias, int i, Tensor output) {
    int positions = window.outputPositions();
    for (int f = 0; f < filters; f++) {
      int from = output.offset() + (i * filters + f) * positions;
      float value = bias == null ? 0 : bias.data()[bias.offset() + i % groups * filters + f];
      Arrays.fill(output.data(), from, from + positions, value);
    }
  }

  /** Filters x positions of a piece; {@code i} counts the groups of all examples. */
  private Matrix activations(Tensor tensor, int i, int row) {
    int positions = window.outputPositions();
    int offset = tensor.offset() + i * filters * positions + row * window.width().output();
    return Matrix.of(tensor.data(), offset, filters, pieceColumns(row), positions);
  }

  private Matrix weights(Tensor tensor, int i) {
    int offset = tensor.offset() + i % groups * filters * terms;
    return Matrix.of(tensor.data(), offset, filters, terms);
  }

  private Matrix columnMatrix(int row) {
    return Matrix.of(columns, 0, terms, pieceColumns(row));
  }

  private int pieceColumns(int row) {
    return Math.min(rowsPerPiece, outputRows - row) * window.width().output();
  }

  private void unroll(Tensor input, int i, int row) {
    Arrays.fill(columns, 0, terms * pieceColumns(row), 0);
    int stride = window.width().stride();
    float[] data = input.data();
    visit(
        input.offset() + i * inputSize,
        row,
        (column, element, count) -> {
          for (int x = 0; x < count; x++) {
            columns[column + x] = data[element + x * stride];
          }
        });
  }

  private void addColumns(Tensor inputGradient, int i, int row) {
    int stride = window.width().stride();
    float[] data = inputGradient.data();
    visit(
        inputGradient.offset() + i * inputSize,
        row,
        (column, element, count) -> {
          for (int x = 0; x < count; x++) {
            data[element + x * stride] += columns[column + x];
          }
        });
  }

  /** Takes the part of a row of outputs whose tap lies inside the input. */
  private interface RowVisitor {
    void visit(int column, int element, int count);
  }

  /** Visits the taps of one group in row-major order, and for each a piece's rows in order. */
  private void visit(int input, int firstRow, RowVisitor visitor) {
    int column = 0;
    for (int c = 0; c < window.channels() / groups; c++) {
      int channel = input + c * window.inputPositions();
      for (int kz = 0; kz < window.depth().kernel(); kz++) {
        for (int ky = 0; ky < window.height().kernel(); ky++) {
          for (int kx = 0; kx < window.width().kernel(); kx++) {
            visitTap(channel, firstRow, column, kz, ky, kx, visitor);
            column += pieceColumns(firstRow);
          }
        }
      }
    }
  }

  private void visitTap(
      int channel, int firstRow, int column, int kz, int ky, int kx, RowVisitor visitor) {
    VolumeWindow.Span depth = window.depth();
    VolumeWindow.Span height = window.height();
    VolumeWindow.Span width = window.width();
    int first = width.firstInside(kx);
    int count = width.endInside(kx) - first;
    int endRow = Math.min(outputRows, firstRow + rowsPerPiece);
    for (int row = firstRow; row < endRow && count > 0; row++) {
      int z = row / height.output() * depth.stride() + depth.start(kz);
      int y = row % height.output() * height.stride() + height.start(ky);
      if (z >= 0 && z < depth.size() && y >= 0 && y < height.size()) {
        int x = first * width.stride() + width.start(kx);
        int element = channel + (z * height.size() + y) * width.size() + x;
        visitor.visit(column + (row - firstRow) * width.output() + first, element, count);
      }
    }
  }
}
