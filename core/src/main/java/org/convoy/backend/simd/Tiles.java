package org.convoy.backend.simd;

/** Cuts rows into tiles, and computes one tile. */
final class Tiles {
  private Tiles() {}

  /**
   * Rows of the next tile: 12 or 8 (if the registers allow), 6 or 4, the more the faster; chosen so
   * that few rows are wasted. The last tile may have more rows than remain.
   */
  static int rows(int remaining) {
    if (Vectors.ROWS == 12) {
      if (remaining > 16 || (remaining > 8 && remaining <= 12)) {
        return 12;
      }
      if (remaining > 6) {
        return 8;
      }
    } else if (remaining == 7 || remaining == 8) {
      return 4;
    }
    return remaining > 4 ? 6 : 4;
  }

  /** Rows of all tiles together, at least {@code rows}. */
  static int paddedRows(int rows) {
    int padded = 0;
    while (padded < rows) {
      padded += rows(rows - padded);
    }
    return padded;
  }

  /**
   * c += a b on {@code rows} rows, two vectors wide, or one if {@code width} fits into it. Element
   * (r, j) takes fma(a[r][p], b[p][j], sum) for p from {@code from} up to {@code to}.
   *
   * @param a packed: the rows of term p lie at {@code ai + p * rows}
   * @param bi where column 0 of {@code b} begins
   * @param second how much further on the second vector's columns of {@code b} begin
   * @param ci where element (0, 0) of {@code c} lies
   * @param stride distance of rows in {@code c}
   * @param fresh whether c's elements count as 0 and are only written
   */
  static void multiply(
      int rows,
      int width,
      int from,
      int to,
      float[] a,
      int ai,
      Operand b,
      int bi,
      int second,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    if (width > Vectors.LENGTH) {
      switch (rows) {
        case 12 -> WideTile.twelveRows(from, to, a, ai, b, bi, second, c, ci, stride, fresh);
        case 8 -> WideTile.eightRows(from, to, a, ai, b, bi, second, c, ci, stride, fresh);
        case 6 -> WideTile.sixRows(from, to, a, ai, b, bi, second, c, ci, stride, fresh);
        default -> WideTile.fourRows(from, to, a, ai, b, bi, second, c, ci, stride, fresh);
      }
    } else {
      switch (rows) {
        case 12 -> NarrowTile.twelveRows(from, to, a, ai, b, bi, c, ci, stride, fresh);
        case 8 -> NarrowTile.eightRows(from, to, a, ai, b, bi, c, ci, stride, fresh);
        case 6 -> NarrowTile.sixRows(from, to, a, ai, b, bi, c, ci, stride, fresh);
        default -> NarrowTile.fourRows(from, to, a, ai, b, bi, c, ci, stride, fresh);
      }
    }
  }
}
