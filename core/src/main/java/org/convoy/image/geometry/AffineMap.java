package org.convoy.image.geometry;

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
}
