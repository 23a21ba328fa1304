package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.Matrix;
import org.convoy.backend.Winograd;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * {@link Winograd}'s form: a few rows of tiles at a time, perhaps of several examples, all channels
 * are transformed, then sixteen products are taken, then all rows of the result are transformed
 * back. What is in between stays in the second-level cache unless there are many channels.
 */
final class WinogradConvolution {
  private static final int PRODUCTS = Winograd.PRODUCTS;

  /** Aim for the floats between the transforms. */
  private static final int BLOCK = 1 << 18;

  /** Fewer tiles at a time would read the weights too often. */
  private static final int FEWEST_TILES = 64;

  private static final int MOST_TILES = 256;

  private final Correlation plan;
  private final Workspace workspace;
  private final WinogradTiles tiles;
  private final int rowsTogether;
  private final TransformedTiles sources;
  private final Operand sourceOperand;
  private final TransformedTiles sums;

  WinogradConvolution(Correlation plan, Workspace workspace) {
    this.plan = plan;
    this.workspace = workspace;
    boolean paired = PairedTiles.fit(plan);
    this.tiles = paired ? new PairedTiles(plan, workspace) : new TilesInRows(plan, workspace);
    int fitting = BLOCK / (PRODUCTS * (plan.channels() + plan.rows()));
    int aim = Math.max(FEWEST_TILES, Math.min(MOST_TILES, fitting));
    this.rowsTogether = Math.min(Math.max(1, aim / tiles.tilesInRow()), tiles.rows());
    int pitch = Vectors.oddly(rowsTogether * tiles.tilesInRow() + Vectors.LENGTH);
    int sourcePlane = Vectors.oddly(plan.channels() * pitch);
    int sumPlane = Vectors.oddly(Tiles.paddedRows(plan.rows()) * pitch);
    this.sources =
        new TransformedTiles(
            workspace.floats(Slots.PANELS, PRODUCTS * sourcePlane + Vectors.PANEL),
            pitch,
            sourcePlane);
    this.sums =
        new TransformedTiles(
            workspace.floats(Slots.BLOCK, PRODUCTS * sumPlane + Vectors.PANEL), pitch, sumPlane);
    int[] steps = workspace.ints(Slots.TAPS, plan.channels());
    Arrays.setAll(steps, c -> c * pitch);
    this.sourceOperand = new Operand(sources.data(), steps);
    tiles.prepare(rowsTogether);
  }

  void run(Tensor source, Tensor weight, Tensor bias, Tensor target) {
    for (int group = 0; group < plan.groups(); group++) {
      PackedRows[] weights = transformWeights(weight, group);
      for (int row = 0; row < tiles.rows(); row += rowsTogether) {
        int end = Math.min(tiles.rows(), row + rowsTogether);
        tiles.read(source, group, row, end, sources);
        multiply(weights, (end - row) * tiles.tilesInRow());
        tiles.write(sums, bias, target, group, row, end);
      }
    }
  }

  /** Packs first: the rows of a tile are then transformed side by side. */
  private PackedRows[] transformWeights(Tensor weight, int group) {
    Matrix plain = plan.weights(weight, group, workspace, Slots.WEIGHTS);
    int size = PackedRows.size(plan.rows(), plan.channels());
    int plane = size + Vectors.LENGTH;
    float[] packed = workspace.floats(Slots.ROWS, PRODUCTS * plane);
    int most = PackedRows.size(Vectors.ROWS, plain.columns()) + Vectors.LENGTH;
    float[] tile = workspace.floats(Slots.TILE, most);
    int first = 0;
    while (first < plan.rows()) {
      int rows = Tiles.rows(plan.rows() - first);
      int valid = Math.min(rows, plan.rows() - first);
      PackedRows.pack(plain.part(first, valid, 0, plain.columns()), tile, 0, workspace);
      int to = first * PackedRows.even(plan.channels());
      WinogradTransforms.weights(tile, 0, rows, plan.channels(), packed, to, plane);
      int end = to + plan.channels() * rows;
      for (int p = 0; p < PRODUCTS && plan.channels() % 2 > 0; p++) {
        Arrays.fill(packed, end + p * plane, end + p * plane + rows, -0f);
      }
      first += rows;
    }
    PackedRows[] products = new PackedRows[PRODUCTS];
    for (int p = 0; p < PRODUCTS; p++) {
      products[p] = PackedRows.of(packed, p * plane, plan.rows(), plan.channels());
    }
    return products;
  }

  private void multiply(PackedRows[] weights, int count) {
    for (int p = 0; p < PRODUCTS; p++) {
      for (int from = 0; from < plan.channels(); from += Vectors.TERMS) {
        int to = Math.min(plan.channels(), from + Vectors.TERMS);
        for (int q = 0; q < count; q += Vectors.PANEL) {
          weights[p].multiply(
              count - q,
              from,
              to,
              sourceOperand,
              p * sources.plane() + q,
              sums.data(),
              p * sums.plane() + q,
              sums.pitch(),
              from == 0);
        }
      }
    }
  }
}
