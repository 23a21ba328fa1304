package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Winograd;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/** Vectors hold tiles of one row: for wide targets. */
final class TilesInRows implements WinogradTiles {
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

  /** Distance of a line's even and odd columns. */
  private final int half;

  private int linesSize;
  private float[] lines;
  private final float[] edge;

  TilesInRows(Correlation plan, Workspace workspace) {
    this.plan = plan;
    this.workspace = workspace;
    this.height = plan.window().height();
    this.width = plan.window().width();
    this.tilesInRow = Winograd.tiles(width);
    this.tileRows = Winograd.tiles(height);
    this.half = Vectors.roundUp(tilesInRow + 1) + Vectors.LENGTH;
    this.edge = workspace.floats(Slots.EDGE, 4 * Vectors.roundUp(tilesInRow));
  }

  @Override
  public int rows() {
    return plan.batch() * tileRows;
  }

  @Override
  public int tilesInRow() {
    return tilesInRow;
  }

  @Override
  public void prepare(int rowsTogether) {
    linesSize = (2 * Math.min(rowsTogether, tileRows) + 2) * 2 * half;
    lines = workspace.floats(Slots.IMAGES, CHANNELS * linesSize + Vectors.PANEL);
  }

  /** Rows of one example are worked on together. */
  @Override
  public void read(Tensor source, int group, int from, int to, TransformedTiles tiles) {
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
          transformLines(i * linesSize, count, tiles, (c + i) * tiles.pitch() + place);
        }
      }
      row += count;
    }
  }

  private void transformLines(int from, int rows, TransformedTiles tiles, int to) {
    for (int i = 0; i < rows; i++) {
      WinogradTransforms.source(
          lines,
          from + i * 4 * half,
          2 * half,
          4 * half,
          half,
          1,
          tilesInRow,
          tiles.data(),
          to + i * tilesInRow,
          tiles.plane());
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

  @Override
  public void write(
      TransformedTiles sums, Tensor bias, Tensor target, int group, int from, int to) {
    int row = from;
    while (row < to) {
      int first = row % tileRows;
      int count = Math.min(tileRows - first, to - row);
      int channel = plan.target(target, row / tileRows, group);
      for (int r = 0; r < plan.rows(); r++) {
        float value = plan.bias(bias, group, r);
        for (int i = 0; i < count; i++) {
          int sum = r * sums.pitch() + (row - from + i) * tilesInRow;
          transformRow(sums, sum, value, target.data(), channel, first + i);
        }
        channel += height.output() * width.output();
      }
      row += count;
    }
  }

  /** One row of tiles gives two rows of targets, the last one perhaps only one. */
  private void transformRow(
      TransformedTiles sums, int sum, float bias, float[] target, int channel, int tileRow) {
    int length = width.output();
    int written = 2 * Vectors.roundUp(tilesInRow);
    int to = channel + 2 * tileRow * length;
    int rows = Math.min(2, height.output() - 2 * tileRow);
    boolean inOrder = tilesInRow <= Vectors.LENGTH || written == length;
    if (rows == 2 && inOrder && to + length + written <= channel + height.output() * length) {
      WinogradTransforms.target(
          sums.data(), sum, sums.plane(), tilesInRow, bias, target, to, length);
    } else {
      WinogradTransforms.target(sums.data(), sum, sums.plane(), tilesInRow, bias, edge, 0, written);
      for (int y = 0; y < rows; y++) {
        System.arraycopy(edge, y * written, target, to + y * length, length);
      }
    }
  }
}
