package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;

/** Cuts rows into tiles, and computes one tile. */
final class Tiles {
  /** What fresh elements begin with. */
  static final float[] ZEROS = new float[Vectors.PANEL];

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
    int even = to - (to - from) % 2;
    if (even > from) {
      multiplyEven(rows, width, from, even, a, ai, b, bi, second, c, ci, stride, fresh);
    }
    if (even < to) {
      boolean first = fresh && even == from;
      int left = ai + even * rows;
      int right = bi + b.steps[even];
      multiplyTerm(rows, a, left, b.data, right, c, ci, stride, first);
      if (width > Vectors.LENGTH) {
        int ci1 = ci + Vectors.LENGTH;
        multiplyTerm(rows, a, left, b.data, right + second, c, ci1, stride, first);
      }
    }
  }

  private static void multiplyEven(
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

  /** One term of one vector of columns, whose row of {@code b} lies at {@code bi}. */
  static void multiplyTerm(
      int rows,
      float[] a,
      int ai,
      float[] b,
      int bi,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] sums = fresh ? ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector right = FloatVector.fromArray(Vectors.SPECIES, b, bi);
    for (int r = 0; r < rows; r++) {
      FloatVector sum = FloatVector.fromArray(Vectors.SPECIES, sums, si + r * step);
      right
          .fma(FloatVector.broadcast(Vectors.SPECIES, a[ai + r]), sum)
          .intoArray(c, ci + r * stride);
    }
  }
}
