package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Matrix;

/**
 * The left factor, cut into tiles: term by term the tile's rows lie side by side. Rows beyond the
 * matrix are zero; what they give is thrown away.
 */
final class PackedRows {
  private final int rows;
  private final int terms;
  private final TileOperands operands;

  private PackedRows(float[] data, int rows, int terms) {
    this.rows = rows;
    this.terms = terms;
    this.operands = new TileOperands(data, terms);
  }

  /** Floats that the packed form takes. */
  static int size(int rows, int terms) {
    return Math.multiplyExact(Tiles.paddedRows(rows), terms);
  }

  /**
   * @param target receives the packed form
   */
  static PackedRows pack(Matrix a, float[] target) {
    int first = 0;
    while (first < a.rows()) {
      int tile = Tiles.rows(a.rows() - first);
      int valid = Math.min(tile, a.rows() - first);
      int to = first * a.columns();
      if (valid < tile) {
        Arrays.fill(target, to, to + tile * a.columns(), 0);
      }
      packTile(a, first, valid, target, to, tile);
      first += tile;
    }
    return new PackedRows(target, a.rows(), a.columns());
  }

  private static void packTile(Matrix a, int first, int rows, float[] target, int to, int step) {
    int from = a.offset() + first * a.rowStride();
    if (a.columnStride() == 1) {
      Transposition.copy(a.data(), from, a.rowStride(), rows, a.columns(), target, to, step);
    } else {
      for (int p = 0; p < a.columns(); p++) {
        for (int r = 0; r < rows; r++) {
          target[to + p * step + r] = a.data()[from + p * a.columnStride() + r];
        }
      }
    }
  }

  int rows() {
    return rows;
  }

  int terms() {
    return terms;
  }

  /** Where the tile that begins at row {@code first} begins. */
  int start(int first) {
    return first * terms;
  }

  /** This factor as a tile with that many rows reads it. */
  Operand operand(int tile) {
    return operands.of(tile);
  }

  /**
   * c += a b for all rows and one panel of b, on all padded rows of c.
   *
   * @param ci where element (0, 0) of {@code c} lies
   */
  void multiply(int width, int from, int to, Operand b, int bi, float[] c, int ci, int stride) {
    for (int first = 0; first < rows; ) {
      int tile = Tiles.rows(rows - first);
      Tiles.multiply(
          tile,
          width,
          from,
          to,
          operand(tile),
          start(first),
          b,
          bi,
          c,
          ci + first * stride,
          stride);
      first += tile;
    }
  }
}
