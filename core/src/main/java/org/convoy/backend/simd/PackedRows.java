package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * The left factor, cut into tiles: term by term the tile's rows lie side by side. Rows beyond the
 * matrix are zero; what they give is thrown away. An odd number of terms is followed by one more of
 * -0, which changes no sum, whatever it is, where the right factor is +0.
 */
final class PackedRows {
  private final float[] data;
  private final int rows;
  private final int terms;

  private final int offset;

  private PackedRows(float[] data, int offset, int rows, int terms) {
    this.data = data;
    this.offset = offset;
    this.rows = rows;
    this.terms = terms;
  }

  /** Rows that lie in packed form from {@code offset} on. */
  static PackedRows of(float[] data, int offset, int rows, int terms) {
    return new PackedRows(data, offset, rows, terms);
  }

  /** Floats that the packed form takes. */
  static int size(int rows, int terms) {
    return Math.multiplyExact(Tiles.paddedRows(rows), even(terms));
  }

  /** Terms with the one that makes their number even. */
  static int even(int terms) {
    return terms + terms % 2;
  }

  /** Packs into the workspace's buffer for rows. */
  static PackedRows pack(Matrix a, Workspace workspace) {
    Transposition transposition = new Transposition(workspace);
    PackedRows packed = ofWorkspace(a.rows(), a.columns(), workspace);
    for (int first = 0; first < a.rows(); first += Tiles.rows(a.rows() - first)) {
      int tile = Tiles.rows(a.rows() - first);
      int to = packed.start(first);
      int rows = clear(a.rows() - first, tile, a.columns(), packed.data, to);
      copy(a, first, rows, packed.data, to, tile, transposition);
    }
    return packed;
  }

  /** Packs a group's weights into the workspace's buffer for rows. */
  static PackedRows pack(Correlation plan, Tensor weight, int group, Workspace workspace) {
    if (plan.hasWeightsInOrder()) {
      return pack(plan.weights(weight, group), workspace);
    }
    PackedRows packed = ofWorkspace(plan.rows(), plan.terms(), workspace);
    for (int first = 0; first < plan.rows(); first += Tiles.rows(plan.rows() - first)) {
      int to = packed.start(first);
      packTile(plan, weight, group, first, 0, plan.channels(), packed.data, to, null);
    }
    return packed;
  }

  /**
   * Packs some channels of the tile of a group's weights that begins at row {@code first}.
   *
   * @param transposition needed where the weights lie in order
   */
  static void packTile(
      Correlation plan,
      Tensor weight,
      int group,
      int first,
      int channel,
      int end,
      float[] target,
      int to,
      Transposition transposition) {
    int taps = plan.window().taps();
    int terms = (end - channel) * taps;
    int tile = Tiles.rows(plan.rows() - first);
    int rows = clear(plan.rows() - first, tile, terms, target, to);
    if (plan.hasWeightsInOrder()) {
      Matrix part = plan.weights(weight, group).part(first, rows, channel * taps, terms);
      copy(part, 0, rows, target, to, tile, transposition);
    } else {
      plan.copyTerms(weight, group, first, rows, channel, end, target, to, tile);
    }
  }

  private static PackedRows ofWorkspace(int rows, int terms, Workspace workspace) {
    return new PackedRows(workspace.floats(Slots.ROWS, size(rows, terms)), 0, rows, terms);
  }

  /** Fills what no row of the tile will fill, and says how many rows there are. */
  private static int clear(int remaining, int tile, int terms, float[] target, int to) {
    int end = to + tile * terms;
    if (remaining < tile) {
      Arrays.fill(target, to, end, 0);
    }
    Arrays.fill(target, end, end + tile * (terms % 2), -0f);
    return Math.min(tile, remaining);
  }

  private static void copy(
      Matrix a,
      int first,
      int rows,
      float[] target,
      int to,
      int step,
      Transposition transposition) {
    int from = a.offset() + first * a.rowStride();
    if (a.columnStride() == 1) {
      transposition.copy(a.data(), from, a.rowStride(), rows, a.columns(), target, to, step);
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

  float[] data() {
    return data;
  }

  /** Where the tile that begins at row {@code first} begins. */
  int start(int first) {
    return offset + first * even(terms);
  }

  /**
   * c += a b for all rows and one panel of b, on all padded rows of c.
   *
   * @param ci where element (0, 0) of {@code c} lies
   * @param fresh whether c's elements count as 0 and are only written
   */
  void multiply(
      int width,
      int from,
      int to,
      Operand b,
      int bi,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    multiply(width, from, to, b, bi, Vectors.LENGTH, c, ci, stride, fresh);
  }

  /**
   * The same for two vectors of columns that do not follow each other in b.
   *
   * @param second how much further on the second vector's columns of {@code b} begin
   */
  void multiply(
      int width,
      int from,
      int to,
      Operand b,
      int bi,
      int second,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    int first = 0;
    while (first < rows) {
      int tile = Tiles.rows(rows - first);
      Tiles.multiply(
          tile,
          width,
          from,
          to,
          data,
          start(first),
          b,
          bi,
          second,
          c,
          ci + first * stride,
          stride,
          fresh);
      first += tile;
    }
  }
}
