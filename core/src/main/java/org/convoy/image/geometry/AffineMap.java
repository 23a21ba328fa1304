package org.convoy.image.geometry;

import java.util.Optional;

/**
 * An affine map from output to input: {@code row' = rowPerRow * row + rowPerColumn * column +
 * rowOffset}, and the same for the column.
 */
public record AffineMap(
    double rowPerRow,
    double rowPerColumn,
    double rowOffset,
    double columnPerRow,
    double columnPerColumn,
    double columnOffset)
    implements InverseMap {

  /** Every pixel stays where it is. */
  public static AffineMap identity() {
    return shift(0, 0);
  }

  /** Output pixel (0, 0) is input pixel (rows, columns). */
  public static AffineMap shift(double rows, double columns) {
    return new AffineMap(1, 0, rows, 0, 1, columns);
  }

  /** Left and right change places in a picture of this width. */
  public static AffineMap mirrorColumns(int width) {
    return new AffineMap(1, 0, 0, 0, -1, width - 1);
  }

  /** Top and bottom change places in a picture of this height. */
  public static AffineMap mirrorRows(int height) {
    return new AffineMap(-1, 0, height - 1, 0, 1, 0);
  }

  /**
   * A linear map that keeps the picture's centre where it is.
   *
   * @param rowPerRow with the next three: the 2x2 matrix from output to input offsets
   */
  public static AffineMap aboutCenter(
      double rowPerRow,
      double rowPerColumn,
      double columnPerRow,
      double columnPerColumn,
      int height,
      int width) {
    double row = (height - 1) / 2.0;
    double column = (width - 1) / 2.0;
    return new AffineMap(
        rowPerRow,
        rowPerColumn,
        row - rowPerRow * row - rowPerColumn * column,
        columnPerRow,
        columnPerColumn,
        column - columnPerRow * row - columnPerColumn * column);
  }

  @Override
  public void toInput(double[] rows, double[] columns, int count, Scratch scratch) {
    for (int i = 0; i < count; i++) {
      double row = rows[i];
      double column = columns[i];
      rows[i] = rowPerRow * row + rowPerColumn * column + rowOffset;
      columns[i] = columnPerRow * row + columnPerColumn * column + columnOffset;
    }
  }

  @Override
  public boolean keepsPixels() {
    return rowPerColumn == 0
        && columnPerRow == 0
        && Math.abs(rowPerRow) == 1
        && Math.abs(columnPerColumn) == 1
        && rowOffset == Math.rint(rowOffset)
        && columnOffset == Math.rint(columnOffset);
  }

  @Override
  public boolean keepsAxes() {
    return rowPerColumn == 0 && columnPerRow == 0;
  }

  @Override
  public AffineMap near(double row, double column) {
    return this;
  }

  @Override
  public Optional<PerspectiveMap> projection() {
    return Optional.of(
        new PerspectiveMap(
            rowPerRow,
            rowPerColumn,
            rowOffset,
            columnPerRow,
            columnPerColumn,
            columnOffset,
            0,
            0,
            1));
  }

  /** The map that first follows this one, and what comes out the other one. */
  public AffineMap then(AffineMap next) {
    return new AffineMap(
        next.rowPerRow * rowPerRow + next.rowPerColumn * columnPerRow,
        next.rowPerRow * rowPerColumn + next.rowPerColumn * columnPerColumn,
        next.rowPerRow * rowOffset + next.rowPerColumn * columnOffset + next.rowOffset,
        next.columnPerRow * rowPerRow + next.columnPerColumn * columnPerRow,
        next.columnPerRow * rowPerColumn + next.columnPerColumn * columnPerColumn,
        next.columnPerRow * rowOffset + next.columnPerColumn * columnOffset + next.columnOffset);
  }

  /** Pixels of the input between two rows of the output that are neighbors. */
  public double rowScale() {
    return Math.sqrt(rowPerRow * rowPerRow + columnPerRow * columnPerRow);
  }

  /** Pixels of the input between two columns of the output that are neighbors. */
  public double columnScale() {
    return Math.sqrt(rowPerColumn * rowPerColumn + columnPerColumn * columnPerColumn);
  }

  /** Square pixels of the input that a pixel of the output covers. */
  public double areaScale() {
    return Math.abs(rowPerRow * columnPerColumn - rowPerColumn * columnPerRow);
  }
}
