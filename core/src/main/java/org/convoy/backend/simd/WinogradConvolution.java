package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.Matrix;
import org.convoy.backend.VolumeWindow;
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

  /**
   * Channels whose lines are read before they are transformed: what was just written is slow to
   * read.
   */
  private static final int CHANNELS = 8;

  private final Correlation plan;
  private final Workspace workspace;
  private final VolumeWindow.Span height;
  private final VolumeWindow.Span width;
  private final int tilesInRow;
  private final int tileRows;
  private final int rowsTogether;

  /** Distance of channels between the transforms, an odd number of vectors. */
  private final int pitch;

  private final int half;
  private final float[] lines;
  private final int linesSize;
  private final float[] sources;
  private final int sourcePlane;
  private final Operand sourceOperand;
  private final float[] sums;
  private final int sumPlane;
  private final float[] edge;

  WinogradConvolution(Correlation plan, Workspace workspace) {
    this.plan = plan;
    this.workspace = workspace;
    this.height = plan.window().height();
    this.width = plan.window().width();
    this.tilesInRow = Winograd.tiles(width);
    this.tileRows = Winograd.tiles(height);
    int fitting = BLOCK / (PRODUCTS * (plan.channels() + plan.rows()));
    int tiles = Math.max(FEWEST_TILES, Math.min(MOST_TILES, fitting));
    int rows = Math.max(1, tiles / tilesInRow);
    this.rowsTogether = Math.min(rows, plan.batch() * tileRows);
    this.pitch = Vectors.oddly(rowsTogether * tilesInRow + Vectors.LENGTH);
    this.half = Vectors.roundUp(tilesInRow + 1) + Vectors.LENGTH;
    this.linesSize = (2 * Math.min(rowsTogether, tileRows) + 2) * 2 * half;
    this.lines = workspace.floats(Slots.IMAGES, CHANNELS * linesSize + Vectors.PANEL);
    this.sourcePlane = Vectors.oddly(plan.channels() * pitch);
    this.sources = workspace.floats(Slots.PANELS, PRODUCTS * sourcePlane + Vectors.PANEL);
    int[] steps = workspace.ints(Slots.TAPS, plan.channels());
    Arrays.setAll(steps, c -> c * pitch);
    this.sourceOperand = new Operand(sources, steps);
    this.sumPlane = Vectors.oddly(Tiles.paddedRows(plan.rows()) * pitch);
    this.sums = workspace.floats(Slots.BLOCK, PRODUCTS * sumPlane + Vectors.PANEL);
    this.edge = workspace.floats(Slots.EDGE, 4 * Vectors.roundUp(tilesInRow));
  }

  void run(Tensor source, Tensor weight, Tensor bias, Tensor target) {
    for (int group = 0; group < plan.groups(); group++) {
      PackedRows[] weights = transformWeights(weight, group);
      int all = plan.batch() * tileRows;
      for (int row = 0; row < all; row += rowsTogether) {
        int end = Math.min(all, row + rowsTogether);
        transformSource(source, group, row, end);
        multiply(weights, (end - row) * tilesInRow);
        transformSums(bias, target, group, row, end);
      }
    }
  }

  private PackedRows[] transformWeights(Tensor weight, int group) {
    Matrix plain = plan.weights(weight, group, workspace, Slots.WEIGHTS);
    int size = Winograd.transformedSize(plan);
    float[] transformed = workspace.floats(Slots.TILE, size);
    Winograd.transformWeights(plain, workspace.floats(Slots.ROWS, size), transformed);
    int packedSize = PackedRows.size(plan.rows(), plan.channels());
    float[] packed = workspace.floats(Slots.ROWS, PRODUCTS * packedSize);
    PackedRows[] products = new PackedRows[PRODUCTS];
    for (int p = 0; p < PRODUCTS; p++) {
      Matrix matrix = Matrix.of(transformed, p * size / PRODUCTS, plan.rows(), plan.channels());
      products[p] = PackedRows.pack(matrix, packed, p * packedSize, workspace);
    }
    return products;
  }

  /**
   * Rows of tiles are counted through all examples; those of one example are worked on together.
   */
  private void transformSource(Tensor source, int group, int from, int to) {
    int row = from;
    while (row < to) {
      int first = row % tileRows;
      int count = Math.min(tileRows - first, to - row);
      int place = (row - from) * tilesInRow;
      Arrays.fill(lines, 0, CHANNELS * linesSize, 0);
      int channel = plan.source(source, row / tileRows, group);
      int channelSize = height.size() * width.size();
      for (int c = 0; c < plan.channels(); c += CHANNELS) {
        int channels = Math.min(CHANNELS, plan.channels() - c);
        for (int i = 0; i < channels; i++) {
          int at = channel + (c + i) * channelSize;
          readLines(source.data(), at, 2 * first - height.padding(), 2 * count + 2, i * linesSize);
        }
        for (int i = 0; i < channels; i++) {
          transformLines(i * linesSize, count, (c + i) * pitch + place);
        }
      }
      row += count;
    }
  }

  private void transformLines(int from, int tileRows, int to) {
    for (int i = 0; i < tileRows; i++) {
      WinogradTransforms.source(
          lines,
          from + i * 4 * half,
          2 * half,
          half,
          tilesInRow,
          sources,
          to + i * tilesInRow,
          sourcePlane);
    }
  }

  /** Splits lines of a channel into even and odd columns, counted with padding. */
  private void readLines(float[] source, int channel, int top, int count, int to) {
    int first = Math.max(0, -top);
    int end = Math.min(count, height.size() - top);
    for (int parity = 0; parity < 2 && first < end; parity++) {
      int before = width.padding() - parity;
      int place = before > 0 ? (before + 1) / 2 : 0;
      int column = 2 * place - before;
      int elements = Math.min(tilesInRow + 1 - place, (width.size() - column + 1) / 2);
      if (elements > 0) {
        Lines.collect(
            source,
            channel + (top + first) * width.size() + column,
            width.size(),
            2,
            end - first,
            elements,
            lines,
            to + (2 * first + parity) * half + place,
            2 * half);
      }
    }
  }

  private void multiply(PackedRows[] weights, int tiles) {
    for (int p = 0; p < PRODUCTS; p++) {
      for (int from = 0; from < plan.channels(); from += Vectors.TERMS) {
        int to = Math.min(plan.channels(), from + Vectors.TERMS);
        for (int q = 0; q < tiles; q += Vectors.PANEL) {
          weights[p].multiply(
              tiles - q,
              from,
              to,
              sourceOperand,
              p * sourcePlane + q,
              sums,
              p * sumPlane + q,
              pitch,
              from == 0);
        }
      }
    }
  }

  private void transformSums(Tensor bias, Tensor target, int group, int from, int to) {
    int row = from;
    while (row < to) {
      int first = row % tileRows;
      int count = Math.min(tileRows - first, to - row);
      int channel = plan.target(target, row / tileRows, group);
      for (int r = 0; r < plan.rows(); r++) {
        float value = plan.bias(bias, group, r);
        for (int i = 0; i < count; i++) {
          int sum = r * pitch + (row - from + i) * tilesInRow;
          transformRow(sum, value, target.data(), channel, first + i);
        }
        channel += height.output() * width.output();
      }
      row += count;
    }
  }

  /** One row of tiles gives two rows of targets, the last one perhaps only one. */
  private void transformRow(int sum, float bias, float[] target, int channel, int tileRow) {
    int length = width.output();
    int written = 2 * Vectors.roundUp(tilesInRow);
    int to = channel + 2 * tileRow * length;
    int rows = Math.min(2, height.output() - 2 * tileRow);
    boolean inOrder = tilesInRow <= Vectors.LENGTH || written == length;
    if (rows == 2 && inOrder && to + length + written <= channel + height.output() * length) {
      WinogradTransforms.target(sums, sum, sumPlane, tilesInRow, bias, target, to, length);
    } else {
      WinogradTransforms.target(sums, sum, sumPlane, tilesInRow, bias, edge, 0, written);
      for (int y = 0; y < rows; y++) {
        System.arraycopy(edge, y * written, target, to + y * length, length);
      }
    }
  }
}
