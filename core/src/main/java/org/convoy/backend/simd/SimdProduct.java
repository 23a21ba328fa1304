package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;

/**
 * The register-blocked matrix product, in blocks after Goto and van de Geijn, Anatomy of
 * High-Performance Matrix Multiplication, 2008. Of the right factor a block is packed into panels,
 * which lie in the last cache; of the left one, a block of rows is packed into tiles, which stays
 * in the second-level cache while panel after panel passes. With few rows packing would not pay,
 * and the right factor is read where it lies. c is read and written once per block of terms, so
 * every element still takes its terms in ascending order.
 */
final class SimdProduct {
  /**
   * Terms taken at once. Many, so that c is seldom read and written: the tiles' operands then come
   * from the second-level cache, in order.
   */
  private static final int TERMS = 1024;

  /** Floats of the left factor packed at once: 640 KB of the second-level cache. */
  private static final int LEFT = 160 << 10;

  /** Floats of the right factor packed at once. */
  private static final int RIGHT = 1 << 20;

  /** Rows up to which packing costs more than it saves. */
  private static final int FEW_ROWS = 24;

  /** Terms of an unpacked right factor taken at once: so many rows of it are read side by side. */
  private static final int UNPACKED_TERMS = 32;

  /** Up to so many terms a row of tiles is finished first: c is what takes the time. */
  private static final int FEW_TERMS = 64;

  private final Matrix left;
  private final Panels right;

  /** Of the right factor and the result. */
  private final int columns;

  private final boolean accumulate;
  private final Matrix result;
  private final Workspace workspace;
  private final float[] tile;

  private SimdProduct(Matrix a, Panels b, boolean accumulate, Matrix c, Workspace workspace) {
    this.left = a;
    this.right = b;
    this.columns = c.columns();
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
      Panels panels = new MatrixPanels(b, workspace);
      SimdProduct product = new SimdProduct(a, panels, accumulate, c, workspace);
      if (a.rows() <= FEW_ROWS && b.columnStride() == 1) {
        product.addFewRows(b);
      } else {
        product.addBlocks();
      }
    }
  }

  /**
   * The same for a right factor that exists in panels alone, whose columns are those of c and whose
   * terms are those of a.
   */
  static void multiply(Matrix a, Panels b, boolean accumulate, Matrix c, Workspace workspace) {
    new SimdProduct(a, b, accumulate, c, workspace).addBlocks();
  }

  /** Panels of the right factor are read in place, a few of its rows side by side. */
  private void addFewRows(Matrix b) {
    PackedRows rows = PackedRows.pack(left, workspace);
    int[] steps = workspace.ints(Slots.TAPS, rows.terms());
    Arrays.setAll(steps, p -> p * b.rowStride());
    Operand operand = new Operand(b.data(), steps);
    int whole = columns / Vectors.PANEL * Vectors.PANEL;
    for (int from = 0; from < rows.terms(); from += UNPACKED_TERMS) {
      int to = Math.min(rows.terms(), from + UNPACKED_TERMS);
      for (int k = 0; k < whole; k += Vectors.PANEL) {
        addTiles(rows, 0, operand, b.offset() + k, from, to, k, from == 0);
      }
    }
    if (whole < columns) {
      addLastPanel(rows, whole);
    }
  }

  private void addLastPanel(PackedRows rows, int column) {
    float[] panel =
        workspace.floats(Slots.PANELS, Vectors.ALIGNED + TERMS * Vectors.PANEL + Vectors.LENGTH);
    Operand operand = new Operand(panel, Steps.multiplesOf(Vectors.PANEL, rows.terms()));
    for (int from = 0; from < rows.terms(); from += TERMS) {
      int to = Math.min(rows.terms(), from + TERMS);
      right.pack(from, to, column, columns - column, panel, Vectors.ALIGNED);
      int bi = Vectors.ALIGNED - from * Vectors.PANEL;
      addTiles(rows, 0, operand, bi, from, to, column, from == 0);
    }
  }

  private void addBlocks() {
    int depth = Math.min(TERMS, left.columns());
    int most = Math.max(1, RIGHT / depth / Vectors.PANEL) * Vectors.PANEL;
    int block = Math.min(most, Vectors.roundUp(columns, Vectors.PANEL));
    float[] data = workspace.floats(Slots.PANELS, Vectors.ALIGNED + depth * block + Vectors.LENGTH);
    Operand panels = new Operand(data, Steps.multiplesOf(Vectors.PANEL, depth));
    int rows = Math.max(1, LEFT / depth / Vectors.ROWS) * Vectors.ROWS;
    for (int j = 0; j < columns; j += block) {
      int count = Math.min(block, columns - j);
      for (int from = 0; from < left.columns(); from += TERMS) {
        int terms = Math.min(TERMS, left.columns() - from);
        packPanels(from, terms, j, count, data);
        for (int first = 0; first < left.rows(); first += rows) {
          int some = Math.min(rows, left.rows() - first);
          PackedRows packed = PackedRows.pack(left.part(first, some, from, terms), workspace);
          addBlock(packed, first, panels, j, count, from == 0);
        }
      }
    }
  }

  private void packPanels(int from, int terms, int column, int count, float[] panels) {
    for (int k = 0; k < count; k += Vectors.PANEL) {
      int width = Math.min(Vectors.PANEL, count - k);
      right.pack(from, from + terms, column + k, width, panels, Vectors.ALIGNED + k * terms);
    }
  }

  private void addBlock(
      PackedRows rows, int firstRow, Operand panels, int column, int count, boolean begins) {
    int terms = rows.terms();
    if (terms > FEW_TERMS) {
      for (int k = 0; k < count; k += Vectors.PANEL) {
        int bi = Vectors.ALIGNED + k * terms;
        addTiles(rows, firstRow, panels, bi, 0, terms, column + k, begins);
      }
      return;
    }
    for (int first = 0; first < rows.rows(); first += Tiles.rows(rows.rows() - first)) {
      for (int k = 0; k < count; k += Vectors.PANEL) {
        int bi = Vectors.ALIGNED + k * terms;
        addTile(rows, first, firstRow, panels, bi, 0, terms, column + k, begins);
      }
    }
  }

  /** All rows of one panel. */
  private void addTiles(
      PackedRows rows,
      int firstRow,
      Operand b,
      int bi,
      int from,
      int to,
      int column,
      boolean begins) {
    for (int first = 0; first < rows.rows(); first += Tiles.rows(rows.rows() - first)) {
      addTile(rows, first, firstRow, b, bi, from, to, column, begins);
    }
  }

  /**
   * Adds the tile of one panel.
   *
   * @param first row of the packed ones with which the tile begins
   * @param firstRow where in c the packed rows begin
   * @param begins whether these are the first terms
   */
  private void addTile(
      PackedRows packed,
      int first,
      int firstRow,
      Operand b,
      int bi,
      int from,
      int to,
      int column,
      boolean begins) {
    boolean fresh = begins && !accumulate;
    int rows = Tiles.rows(packed.rows() - first);
    int valid = Math.min(rows, packed.rows() - first);
    int width = Math.min(Vectors.PANEL, columns - column);
    int second = Vectors.LENGTH;
    float[] a = packed.data();
    int ai = packed.start(first);
    float[] c = result.data();
    int stride = result.rowStride();
    int ci = result.offset() + (firstRow + first) * stride + column;
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
