package org.convoy.backend;

import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * A window on a {@code float[]} as rows and columns with a stride each, so that a transposed matrix
 * is a window too. Element (i, j) lies at {@code offset + i * rowStride + j * columnStride}; one of
 * the strides is 1.
 */
public final class Matrix {
  private final float[] data;
  private final int offset;
  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;

  private Matrix(float[] data, int offset, int rows, int columns, int rowStride, int columnStride) {
    this.data = data;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /**
   * A dense row-major matrix.
   *
   * @throws ShapeException if it leaves the array
   */
  public static Matrix of(float[] data, int offset, int rows, int columns) {
    return of(data, offset, rows, columns, columns);
  }

  /**
   * A row-major matrix whose rows begin {@code rowStride} floats apart.
   *
   * @throws ShapeException if it leaves the array or its rows overlap
   */
  public static Matrix of(float[] data, int offset, int rows, int columns, int rowStride) {
    long end = rows == 0 || columns == 0 ? 0 : (long) (rows - 1) * rowStride + columns;
    if (rows < 0
        || columns < 0
        || rowStride < columns
        || offset < 0
        || offset + end > data.length) {
      throw new ShapeException(
          String.format(
              "a %dx%d matrix at offset %d with row stride %d leaves an array of %d floats",
              rows, columns, offset, rowStride, data.length));
    }
    return new Matrix(data, offset, rows, columns, rowStride, 1);
  }

  /** A whole tensor as rows x columns. */
  public static Matrix of(Tensor tensor, int rows, int columns) {
    if ((long) rows * columns != tensor.size()) {
      throw new ShapeException(
          "shape " + tensor.shape() + " is not " + rows + " rows of " + columns);
    }
    return of(tensor.data(), tensor.offset(), rows, columns);
  }

  /** The same elements with rows and columns exchanged; nothing is copied. */
  public Matrix transposed() {
    return new Matrix(data, offset, columns, rows, columnStride, rowStride);
  }

  /**
   * Some rows and columns of this matrix; nothing is copied.
   *
   * @throws ShapeException if it has fewer
   */
  public Matrix part(int firstRow, int rowCount, int firstColumn, int columnCount) {
    if (firstRow < 0
        || rowCount < 0
        || rowCount > rows - firstRow
        || firstColumn < 0
        || columnCount < 0
        || columnCount > columns - firstColumn) {
      throw new ShapeException(
          String.format(
              "%d rows from row %d and %d columns from column %d leave a %dx%d matrix",
              rowCount, firstRow, columnCount, firstColumn, rows, columns));
    }
    int start = offset + firstRow * rowStride + firstColumn * columnStride;
    return new Matrix(data, start, rowCount, columnCount, rowStride, columnStride);
  }

  public float[] data() {
    return data;
  }

  public int offset() {
    return offset;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Distance between elements (i, j) and (i + 1, j). */
  public int rowStride() {
    return rowStride;
  }

  /** Distance between elements (i, j) and (i, j + 1). */
  public int columnStride() {
    return columnStride;
  }

  @Override
  public String toString() {
    return "Matrix " + rows + "x" + columns;
  }
}
