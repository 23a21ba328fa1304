package org.convoy.backend.simd;

/** Cuts rows into tiles, and computes one tile. */
final class Tiles {
  private Tiles() {}

  /**
   * Rows of the next tile: 8 (if the registers allow), 6 or 4, so that few rows are wasted. The
   * last tile may have more rows than remain.
   */
  static int rows(int remaining) {
    if (Vectors.ROWS == 8) {
      if (remaining == 9 || remaining == 10) {
        return 6;
      }
      if (remaining >= 7) {
        return 8;
      }
    } else if (remaining == 7 || remaining == 8) {
      return 4;
    }
    return remaining >= 5 ? 6 : 4;
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
   * @param ai where row 0 of {@code a} begins
   * @param bi where column 0 of {@code b} begins
   * @param ci where element (0, 0) of {@code c} lies
   * @param stride distance of rows in {@code c}
   */
  static void multiply(
      int rows,
      int width,
      int from,
      int to,
      Operand a,
      int ai,
      Operand b,
      int bi,
      float[] c,
      int ci,
      int stride) {
    boolean wide = width > Vectors.LENGTH;
    switch (rows) {
      case 8 -> {
        if (wide) {
          WideTile.eightRows(from, to, a, ai, b, bi, c, ci, stride);
        } else {
          NarrowTile.eightRows(from, to, a, ai, b, bi, c, ci, stride);
        }
      }
      case 6 -> {
        if (wide) {
          WideTile.sixRows(from, to, a, ai, b, bi, c, ci, stride);
        } else {
          NarrowTile.sixRows(from, to, a, ai, b, bi, c, ci, stride);
        }
      }
      default -> {
        if (wide) {
          WideTile.fourRows(from, to, a, ai, b, bi, c, ci, stride);
        } else {
          NarrowTile.fourRows(from, to, a, ai, b, bi, c, ci, stride);
        }
      }
    }
  }

  /**
   * Like {@link #multiply} over the terms 0 up to {@code to}, but every sum begins at zero and is
   * then added to c; row r of the tile lies at {@code ci + places[row + r]}.
   */
  static void addSums(
      int rows,
      int width,
      int to,
      Operand a,
      int ai,
      Operand b,
      int bi,
      float[] c,
      int ci,
      int[] places,
      int row) {
    boolean wide = width > Vectors.LENGTH;
    switch (rows) {
      case 8 -> {
        if (wide) {
          WideSum.eightRows(to, a, ai, b, bi, c, ci, places, row);
        } else {
          NarrowSum.eightRows(to, a, ai, b, bi, c, ci, places, row);
        }
      }
      case 6 -> {
        if (wide) {
          WideSum.sixRows(to, a, ai, b, bi, c, ci, places, row);
        } else {
          NarrowSum.sixRows(to, a, ai, b, bi, c, ci, places, row);
        }
      }
      default -> {
        if (wide) {
          WideSum.fourRows(to, a, ai, b, bi, c, ci, places, row);
        } else {
          NarrowSum.fourRows(to, a, ai, b, bi, c, ci, places, row);
        }
      }
    }
  }
}
