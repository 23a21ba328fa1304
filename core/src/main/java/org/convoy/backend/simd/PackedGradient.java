package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * The output's gradient at some positions of some examples, cut into tiles of filters: position by
 * position a tile's filters lie side by side, as {@link PackedRows} has them term by term.
 */
final class PackedGradient {
  private static final int EIGHT = 8;

  /** Weights of a filter from which on larger tiles save more than transposing in blocks. */
  private static final int MANY = 400;

  private final Correlation plan;
  private final Transposition transposition;

  /** Whether all tiles have eight rows, which are transposed in blocks. */
  private final boolean eights;

  private final float[] data;

  /**
   * @param positions at most so many at a time
   */
  PackedGradient(Correlation plan, int positions, Workspace workspace) {
    this.plan = plan;
    this.transposition = new Transposition(workspace);
    this.eights = Vectors.ROWS >= EIGHT && plan.rows() % EIGHT == 0 && plan.terms() < MANY;
    int size = paddedRows() * positions;
    this.data = workspace.floats(Slots.ROWS, size);
    Arrays.fill(data, 0, size, 0);
  }

  /** Rows of all tiles together. */
  int paddedRows() {
    return eights ? plan.rows() : Tiles.paddedRows(plan.rows());
  }

  /** Rows of the tile that begins at row {@code first}. */
  int tile(int first) {
    return eights ? EIGHT : Tiles.rows(plan.rows() - first);
  }

  /** The tile that begins at row r begins at r times the number of positions. */
  float[] data() {
    return data;
  }

  /**
   * Packs.
   *
   * @param example that positions are counted from, through those behind it
   */
  void pack(Tensor outputGradient, int example, int group, int from, int to) {
    for (int first = 0; first < plan.rows(); first += tile(first)) {
      int tile = tile(first);
      int rows = Math.min(tile, plan.rows() - first);
      int j = from;
      while (j < to) {
        int position = j % plan.positions();
        int length = Math.min(plan.positions() - position, to - j);
        int start = plan.target(outputGradient, example + j / plan.positions(), group);
        transposition.copy(
            outputGradient.data(),
            start + first * plan.positions() + position,
            plan.positions(),
            rows,
            length,
            data,
            first * (to - from) + (j - from) * tile,
            tile);
        j += length;
      }
    }
  }
}
