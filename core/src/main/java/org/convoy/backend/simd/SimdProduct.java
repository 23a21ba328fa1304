package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;

/**
 * The packed, register-blocked matrix product. The left factor is packed whole; blocks of the right
 * one are packed into panels, {@link Vectors#TERMS} terms at a time, which the first-level cache
 * holds while all tiles of the left factor pass. c is read and written once per block of terms, so
 * every element still takes its terms in ascending order.
 */
final class SimdProduct {
  /** Columns of the right factor packed at once: half a megabyte at 512 bits. */
  private static final int COLUMNS = 16 * Vectors.PANEL;

  private final PackedRows left;
  private final Matrix right;
  private final boolean accumulate;
  private final Matrix result;
  private final float[] panels;
  private final Operand panelOperand;
  private final float[] tile;

  private SimdProduct(Matrix a, Matrix b, boolean accumulate, Matrix c, Workspace workspace) {
    int size = PackedRows.size(a.rows(), a.columns());
    this.left = PackedRows.pack(a, workspace.floats(Slots.ROWS, size));
    this.right = b;
    this.accumulate = accumulate;
    this.result = c;
    this.panels =
        workspace.floats(
            Slots.PANELS, Vectors.ALIGNED + Math.min(Vectors.TERMS, b.rows()) * COLUMNS);
    this.panelOperand = new Operand(panels, Steps.multiplesOf(Vectors.PANEL, b.rows()));
    this.tile = workspace.floats(Slots.TILE, Vectors.ROWS * Vectors.PANEL);
  }

  static void multiply(Matrix a, Matrix b, boolean accumulate, Matrix c, Workspace workspace) {
    if (c.columnStride() != 1) {
      multiply(b.transposed(), a.transposed(), accumulate, c.transposed(), workspace);
      return;
    }
    if (!accumulate && a.columns() == 0) {
      for (int i = 0; i < c.rows(); i++) {
        int from = c.offset() + i * c.rowStride();
        Arrays.fill(c.data(), from, from + c.columns(), 0);
      }
    }
    if (a.columns() > 0 && a.rows() > 0) {
      new SimdProduct(a, b, accumulate, c, workspace).addAll();
    }
  }

  private void addAll() {
    for (int j = 0; j < right.columns(); j += COLUMNS) {
      int columns = Math.min(COLUMNS, right.columns() - j);
      for (int from = 0; from < left.terms(); from += Vectors.TERMS) {
        int to = Math.min(left.terms(), from + Vectors.TERMS);
        for (int k = 0; k < columns; k += Vectors.PANEL) {
          int width = Math.min(Vectors.PANEL, columns - k);
          int panel = Vectors.ALIGNED + k * (to - from);
          pack(from, to, j + k, width, panel);
          addPanel(from, to, j + k, width, panel - from * Vectors.PANEL);
        }
      }
    }
  }

  /** Columns beyond the matrix keep what was there before; what they give is thrown away. */
  private void pack(int from, int to, int column, int width, int target) {
    int source = right.offset() + from * right.rowStride() + column * right.columnStride();
    if (right.columnStride() == 1) {
      for (int p = 0; p < to - from; p++) {
        System.arraycopy(
            right.data(),
            source + p * right.rowStride(),
            panels,
            target + p * Vectors.PANEL,
            width);
      }
    } else {
      Transposition.copy(
          right.data(),
          source,
          right.columnStride(),
          width,
          to - from,
          panels,
          target,
          Vectors.PANEL);
    }
  }

  private void addPanel(int from, int to, int column, int width, int panel) {
    boolean fresh = from == 0 && !accumulate;
    boolean whole = width == Vectors.PANEL || width == Vectors.LENGTH;
    int first = 0;
    while (first < left.rows()) {
      int rows = Tiles.rows(left.rows() - first);
      int valid = Math.min(rows, left.rows() - first);
      float[] a = left.data();
      int ai = left.start(first);
      int ci = result.offset() + first * result.rowStride() + column;
      if (whole && valid == rows) {
        Tiles.multiply(
            rows,
            width,
            from,
            to,
            a,
            ai,
            panelOperand,
            panel,
            Vectors.LENGTH,
            result.data(),
            ci,
            result.rowStride(),
            fresh);
      } else {
        copy(result.data(), ci, result.rowStride(), tile, 0, Vectors.PANEL, valid, width);
        Tiles.multiply(
            rows,
            width,
            from,
            to,
            a,
            ai,
            panelOperand,
            panel,
            Vectors.LENGTH,
            tile,
            0,
            Vectors.PANEL,
            fresh);
        copy(tile, 0, Vectors.PANEL, result.data(), ci, result.rowStride(), valid, width);
      }
      first += rows;
    }
  }

  private static void copy(
      float[] source,
      int from,
      int stride,
      float[] target,
      int to,
      int targetStride,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(source, from + r * stride, target, to + r * targetStride, columns);
    }
  }
}
