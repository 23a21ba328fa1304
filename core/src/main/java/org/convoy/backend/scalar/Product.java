package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;

/**
 * The blocked matrix product. Rows of b are copied, four at a time, into arrays of their own, and a
 * row of c into another; then one loop adds four rows of b, times a number each, to the row of c.
 * The copies are what lets C2 of JDK 17 vectorize that loop: it refuses two float arrays that are
 * indexed with different offsets. It also refuses loops with more than five rows. Every element
 * takes its terms in ascending order, however the rows are grouped.
 *
 * <p>Measured on one core with a multiply-add peak of 185 GFLOP/s (512 bits): the inner loop 50 to
 * 60, with six rows or more 13.
 */
final class Product {
  /** Columns worked on at once: four rows of them fill a quarter of a 32 KB first-level cache. */
  private static final int WIDTH = 512;

  /** Rows of b that one pass of the inner loop takes. */
  private static final int GROUP = 4;

  /** Rows of b packed at once, a multiple of {@link #GROUP}. */
  private static final int DEPTH = 128;

  private static final int ROW_SLOT = 3;
  private static final int GROUP_SLOT = 4;

  private Product() {}

  static void multiply(Matrix a, Matrix b, boolean accumulate, Matrix c, Workspace workspace) {
    if (c.columnStride() != 1) {
      multiply(b.transposed(), a.transposed(), accumulate, c.transposed(), workspace);
      return;
    }
    if (a.columns() == 0 && !accumulate) {
      for (int i = 0; i < c.rows(); i++) {
        int from = c.offset() + i * c.rowStride();
        Arrays.fill(c.data(), from, from + c.columns(), 0);
      }
    }
    for (int j = 0; j < b.columns(); j += WIDTH) {
      int width = Math.min(WIDTH, b.columns() - j);
      for (int p = 0; p < b.rows(); p += DEPTH) {
        int depth = Math.min(DEPTH, b.rows() - p);
        pack(b, p, depth, j, width, workspace);
        multiplyBlock(a, p, depth, accumulate || p > 0, c, j, width, workspace);
      }
    }
  }

  private static void pack(
      Matrix b, int firstRow, int rows, int firstColumn, int columns, Workspace workspace) {
    for (int p = 0; p < rows; p += GROUP) {
      float[] group = workspace.floats(GROUP_SLOT + p / GROUP, GROUP * WIDTH);
      int from = b.offset() + (firstRow + p) * b.rowStride() + firstColumn * b.columnStride();
      int count = Math.min(GROUP, rows - p);
      if (b.columnStride() == 1) {
        for (int r = 0; r < count; r++) {
          System.arraycopy(b.data(), from + r * b.rowStride(), group, r * WIDTH, columns);
        }
      } else {
        for (int j = 0; j < columns; j++) {
          for (int r = 0; r < count; r++) {
            group[r * WIDTH + j] = b.data()[from + r + j * b.columnStride()];
          }
        }
      }
    }
  }

  private static void multiplyBlock(
      Matrix a,
      int firstTerm,
      int terms,
      boolean accumulate,
      Matrix c,
      int firstColumn,
      int columns,
      Workspace workspace) {
    float[] sums = workspace.floats(ROW_SLOT, WIDTH);
    for (int i = 0; i < c.rows(); i++) {
      int target = c.offset() + i * c.rowStride() + firstColumn;
      if (accumulate) {
        System.arraycopy(c.data(), target, sums, 0, columns);
      } else {
        Arrays.fill(sums, 0, columns, 0);
      }
      int factors = a.offset() + i * a.rowStride() + firstTerm * a.columnStride();
      for (int p = 0; p < terms; p += GROUP) {
        float[] group = workspace.floats(GROUP_SLOT + p / GROUP, GROUP * WIDTH);
        int factor = factors + p * a.columnStride();
        if (terms - p >= GROUP) {
          addFour(a.data(), factor, a.columnStride(), group, sums, columns);
        } else {
          addFew(a.data(), factor, a.columnStride(), terms - p, group, sums, columns);
        }
      }
      System.arraycopy(sums, 0, c.data(), target, columns);
    }
  }

  private static void addFour(
      float[] a, int from, int stride, float[] rows, float[] sums, int count) {
    float a0 = a[from];
    float a1 = a[from + stride];
    float a2 = a[from + 2 * stride];
    float a3 = a[from + 3 * stride];
    for (int j = 0; j < count; j++) {
      float sum = Math.fma(a0, rows[j], sums[j]);
      sum = Math.fma(a1, rows[WIDTH + j], sum);
      sum = Math.fma(a2, rows[2 * WIDTH + j], sum);
      sums[j] = Math.fma(a3, rows[3 * WIDTH + j], sum);
    }
  }

  private static void addFew(
      float[] a, int from, int stride, int terms, float[] rows, float[] sums, int count) {
    for (int r = 0; r < terms; r++) {
      float factor = a[from + r * stride];
      for (int j = 0; j < count; j++) {
        sums[j] = Math.fma(factor, rows[r * WIDTH + j], sums[j]);
      }
    }
  }
}
