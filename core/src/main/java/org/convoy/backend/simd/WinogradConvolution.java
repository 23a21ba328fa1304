package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
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

  /** Channels, and about how many rows, whose backward weights are transformed at a time. */
  private static final int CHANNELS = 8;

  private static final int ROWS = 96;
  private static final int TAPS = 9;

  /** Floats of a tile's rows in whole vectors. */
  private static final int LAST = Vectors.roundUp(Vectors.ROWS);

  private final Correlation plan;
  private final Workspace workspace;
  private final WinogradTiles tiles;
  private final int rowsTogether;
  private final TransformedTiles sources;
  private final Operand sourceOperand;
  private final TransformedTiles sums;
  private final int channelsTogether;

  /** Floats of the weights that are transformed at a time, with a term that makes them even. */
  private final int tileSize;

  private final float[] tile;

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
    this.channelsTogether = plan.hasWeightsInOrder() ? plan.channels() : CHANNELS;
    this.tileSize = (channelsTogether * TAPS + 1) * Vectors.ROWS + Vectors.LENGTH;
    this.tile = workspace.floats(Slots.TILE, tileSize + PRODUCTS * LAST);
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

  /**
   * Packs first: the rows of a tile are then transformed side by side. The weights of a backward
   * correlation lie channel by channel, so a few channels of several tiles at a time.
   */
  private PackedRows[] transformWeights(Tensor weight, int group) {
    int plane = PackedRows.size(plan.rows(), plan.channels()) + Vectors.LENGTH;
    float[] packed = workspace.floats(Slots.ROWS, PRODUCTS * plane);
    Transposition transposition = new Transposition(workspace);
    int first = 0;
    while (first < plan.rows()) {
      int end = first;
      while (end < plan.rows() && end - first < ROWS) {
        end += Tiles.rows(plan.rows() - end);
      }
      for (int c = 0; c < plan.channels(); c += channelsTogether) {
        int channels = Math.min(plan.channels(), c + channelsTogether);
        for (int row = first; row < end; row += Tiles.rows(plan.rows() - row)) {
          transformWeights(weight, group, row, c, channels, packed, plane, transposition);
        }
      }
      first = end;
    }
    PackedRows[] products = new PackedRows[PRODUCTS];
    for (int p = 0; p < PRODUCTS; p++) {
      products[p] = PackedRows.of(packed, p * plane, plan.rows(), plan.channels());
    }
    return products;
  }

  private void transformWeights(
      Tensor weight,
      int group,
      int row,
      int channel,
      int end,
      float[] packed,
      int plane,
      Transposition transposition) {
    int rows = Tiles.rows(plan.rows() - row);
    PackedRows.packTile(plan, weight, group, row, channel, end, tile, 0, transposition);
    int to = row * PackedRows.even(plan.channels()) + channel * rows;
    boolean isLast = end == plan.channels();
    int inner = end - channel - (isLast ? 1 : 0);
    WinogradTransforms.weights(tile, 0, rows, inner, packed, to, plane);
    if (isLast) {
      // Whole vectors would reach into the next tile.
      int behind = inner * rows;
      int from = TAPS * behind;
      WinogradTransforms.weights(tile, from, rows, 1, tile, tileSize, LAST);
      for (int p = 0; p < PRODUCTS; p++) {
        int at = p * plane + to + behind;
        System.arraycopy(tile, tileSize + p * LAST, packed, at, rows);
        Arrays.fill(packed, at + rows, at + rows + plan.channels() % 2 * rows, -0f);
      }
    }
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
