package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;

/**
 * The register-blocked matrix product. The left factor is packed whole. Blocks of the right one are
 * packed into panels, {@link Vectors#TERMS} terms at a time, which the first-level cache holds
 * while all tiles of the left factor pass; with few rows that would not pay, and the right factor
 * is read where it lies. c is read and written once per block of terms, so every element still
 * takes its terms in ascending order.
 */
final class SimdProduct {
  /** Floats of the right factor packed at once: they fit the second-level cache. */
  private static final int PACKED = 1 << 17;

  /** Rows up to which packing costs more than it saves. */
  private static final int FEW_ROWS = 24;

  /** Terms of an unpacked right factor taken at once: so many rows of it are read side by side. */
  private static final int UNPACKED_TERMS = 32;

  /** Up to so many terms a row of tiles is finished first: c is what takes the time. */
  private static final int FEW_TERMS = 64;

  private final PackedRows left;
  private final Matrix right;
  private final boolean accumulate;
  private final Matrix result;
  private final Workspace workspace;
  private final float[] tile;

  private SimdProduct(Matrix a, Matrix b, boolean accumulate, Matrix c, Workspace workspace) {
    this.left = PackedRows.pack(a, workspace);
    this.right = b;
    this.accumulate = accumulate;
    this.result = c;
    this.workspace = workspace;
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
    if (UnpackedProduct.pays(a, b)) {
      new UnpackedProduct(a, b, accumulate, c, workspace).addAll();
    } else if (a.columns() > 0 && a.rows() > 0) {
      new SimdProduct(a, b, accumulate, c, workspace).addAll();
    }
  }

  private void addAll() {
    int unpacked = 0;
    if (left.rows() <= FEW_ROWS && right.columnStride() == 1) {
      unpacked = right.columns() / Vectors.PANEL * Vectors.PANEL;
      addUnpacked(unpacked);
    }
    int depth = Math.min(Vectors.TERMS, left.terms());
    int most = Math.max(1, PACKED / depth / Vectors.PANEL) * Vectors.PANEL;
    int block = Math.min(most, Vectors.roundUp(right.columns() - unpacked, Vectors.PANEL));
    float[] panels = workspace.floats(Slots.PANELS, Vectors.ALIGNED + depth * block);
    Operand operand = new Operand(panels, Steps.multiplesOf(Vectors.PANEL, left.terms()));
    for (int j = unpacked; j < right.columns(); j += block) {
      int columns = Math.min(block, right.columns() - j);
      for (int from = 0; from < left.terms(); from += Vectors.TERMS) {
        int to = Math.min(left.terms(), from + Vectors.TERMS);
        if (left.terms() <= FEW_TERMS) {
          addRowByRow(operand, from, to, j, columns);
        } else {
          addPanelByPanel(operand, from, to, j, columns);
        }
      }
    }
  }

  /** The right factor's rows are read in place, a few of them side by side. */
  private void addUnpacked(int columns) {
    int[] steps = workspace.ints(Slots.TAPS, left.terms());
    Arrays.setAll(steps, p -> p * right.rowStride());
    Operand operand = new Operand(right.data(), steps);
    for (int from = 0; from < left.terms(); from += UNPACKED_TERMS) {
      int to = Math.min(left.terms(), from + UNPACKED_TERMS);
      for (int k = 0; k < columns; k += Vectors.PANEL) {
        for (int first = 0; first < left.rows(); first += Tiles.rows(left.rows() - first)) {
          addTile(operand, right.offset() + k, first, from, to, k, Vectors.PANEL);
        }
      }
    }
  }

  private void addPanelByPanel(Operand panels, int from, int to, int column, int columns) {
    for (int k = 0; k < columns; k += Vectors.PANEL) {
      int width = Math.min(Vectors.PANEL, columns - k);
      int panel = Vectors.ALIGNED + k * (to - from);
      pack(from, to, column + k, width, panels.data, panel);
      int bi = panel - from * Vectors.PANEL;
      for (int first = 0; first < left.rows(); first += Tiles.rows(left.rows() - first)) {
        addTile(panels, bi, first, from, to, column + k, width);
      }
    }
  }

  private void addRowByRow(Operand panels, int from, int to, int column, int columns) {
    for (int k = 0; k < columns; k += Vectors.PANEL) {
      int width = Math.min(Vectors.PANEL, columns - k);
      pack(from, to, column + k, width, panels.data, Vectors.ALIGNED + k * (to - from));
    }
    for (int first = 0; first < left.rows(); first += Tiles.rows(left.rows() - first)) {
      for (int k = 0; k < columns; k += Vectors.PANEL) {
        int width = Math.min(Vectors.PANEL, columns - k);
        int bi = Vectors.ALIGNED + k * (to - from) - from * Vectors.PANEL;
        addTile(panels, bi, first, from, to, column + k, width);
      }
    }
  }

  /** Columns beyond the matrix keep what was there before; what they give is thrown away. */
  private void pack(int from, int to, int column, int width, float[] panels, int target) {
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

  private void addTile(Operand b, int bi, int first, int from, int to, int column, int width) {
    boolean fresh = from == 0 && !accumulate;
    int rows = Tiles.rows(left.rows() - first);
    int valid = Math.min(rows, left.rows() - first);
    int second = Vectors.LENGTH;
    float[] a = left.data();
    int ai = left.start(first);
    float[] c = result.data();
    int stride = result.rowStride();
    int ci = result.offset() + first * stride + column;
    if (valid == rows && (width == Vectors.PANEL || width == Vectors.LENGTH)) {
      Tiles.multiply(rows, width, from, to, a, ai, b, bi, second, c, ci, stride, fresh);
    } else {
      copy(c, ci, stride, tile, 0, Vectors.PANEL, valid, width);
      Tiles.multiply(rows, width, from, to, a, ai, b, bi, second, tile, 0, Vectors.PANEL, fresh);
      copy(tile, 0, Vectors.PANEL, c, ci, stride, valid, width);
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
