package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.Matrix;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Winograd;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * {@link Winograd}'s form by plain loops: a few rows of tiles at a time, all channels are
 * transformed, then sixteen products are taken, then all rows of the result are transformed back.
 */
final class ScalarWinograd {
  private static final int PRODUCTS = Winograd.PRODUCTS;
  private static final int WEIGHTS_SLOT = 0;

  /** Behind those of {@link Product}. */
  private static final int FIRST_SLOT = 40;

  /** Aim for the tiles transformed together. */
  private static final int TILES = 512;

  private final Correlation correlation;
  private final Workspace workspace;
  private final VolumeWindow.Span height;
  private final VolumeWindow.Span width;
  private final int tilesInRow;
  private final int tileRows;
  private final int rowsTogether;
  private final int tiles;
  private final float[] weights;
  private final float[] sources;
  private final float[] sums;
  private final float[] tile = new float[2 * PRODUCTS];

  ScalarWinograd(Correlation correlation, Workspace workspace) {
    this.correlation = correlation;
    this.workspace = workspace;
    this.height = correlation.window().height();
    this.width = correlation.window().width();
    this.tilesInRow = Winograd.tiles(width);
    this.tileRows = Winograd.tiles(height);
    this.rowsTogether = Math.min(tileRows, (TILES + tilesInRow - 1) / tilesInRow);
    this.tiles = rowsTogether * tilesInRow;
    this.weights = workspace.floats(FIRST_SLOT, Winograd.transformedSize(correlation));
    this.sources = workspace.floats(FIRST_SLOT + 1, PRODUCTS * correlation.channels() * tiles);
    this.sums = workspace.floats(FIRST_SLOT + 2, PRODUCTS * correlation.rows() * tiles);
  }

  void run(Tensor source, Tensor weight, Tensor bias, Tensor target) {
    for (int group = 0; group < correlation.groups(); group++) {
      Matrix plain = correlation.weights(weight, group, workspace, WEIGHTS_SLOT);
      float[] scratch = workspace.floats(FIRST_SLOT + 3, Winograd.transformedSize(correlation));
      Winograd.transformWeights(plain, scratch, weights);
      for (int n = 0; n < correlation.batch(); n++) {
        for (int row = 0; row < tileRows; row += rowsTogether) {
          int rows = Math.min(rowsTogether, tileRows - row);
          transformSource(source.data(), correlation.source(source, n, group), row, rows);
          multiply();
          transformSums(
              bias, group, target.data(), correlation.target(target, n, group), row, rows);
        }
      }
    }
  }

  private void transformSource(float[] source, int from, int firstRow, int rows) {
    int channelSize = height.size() * width.size();
    for (int c = 0; c < correlation.channels(); c++) {
      for (int i = 0; i < rows * tilesInRow; i++) {
        int y = 2 * (firstRow + i / tilesInRow) - height.padding();
        int x = 2 * (i % tilesInRow) - width.padding();
        take(source, from + c * channelSize, y, x);
        for (int j = 0; j < 4; j++) {
          forth(j, 4, PRODUCTS + j, 4);
        }
        for (int k = 0; k < 4; k++) {
          forth(PRODUCTS + 4 * k, 1, 4 * k, 1);
        }
        for (int p = 0; p < PRODUCTS; p++) {
          sources[(p * correlation.channels() + c) * tiles + i] = tile[p];
        }
      }
    }
  }

  /** Reads a 4x4 tile; what lies outside is zero. */
  private void take(float[] source, int channel, int top, int left) {
    Arrays.fill(tile, 0, PRODUCTS, 0);
    int first = Math.max(0, -left);
    int end = Math.min(4, width.size() - left);
    for (int y = Math.max(0, -top); y < Math.min(4, height.size() - top); y++) {
      for (int x = first; x < end; x++) {
        tile[4 * y + x] = source[channel + (top + y) * width.size() + left + x];
      }
    }
  }

  /** B' along one axis of the tile. */
  private void forth(int from, int step, int to, int targetStep) {
    float d0 = tile[from];
    float d1 = tile[from + step];
    float d2 = tile[from + 2 * step];
    float d3 = tile[from + 3 * step];
    tile[to] = d0 - d2;
    tile[to + targetStep] = d1 + d2;
    tile[to + 2 * targetStep] = d2 - d1;
    tile[to + 3 * targetStep] = d1 - d3;
  }

  private void multiply() {
    int channels = correlation.channels();
    for (int p = 0; p < PRODUCTS; p++) {
      Matrix left =
          Matrix.of(weights, p * correlation.rows() * channels, correlation.rows(), channels);
      Matrix right = Matrix.of(sources, p * channels * tiles, channels, tiles);
      Matrix product = Matrix.of(sums, p * correlation.rows() * tiles, correlation.rows(), tiles);
      Product.multiply(left, right, false, product, workspace);
    }
  }

  private void transformSums(
      Tensor bias, int group, float[] target, int to, int firstRow, int rows) {
    for (int r = 0; r < correlation.rows(); r++) {
      float value = correlation.bias(bias, group, r);
      int channel = to + r * height.output() * width.output();
      for (int i = 0; i < rows * tilesInRow; i++) {
        for (int p = 0; p < PRODUCTS; p++) {
          tile[p] = sums[(p * correlation.rows() + r) * tiles + i];
        }
        for (int j = 0; j < 4; j++) {
          back(j, 4, PRODUCTS + j, 4);
        }
        back(PRODUCTS, 1, 0, 1);
        back(PRODUCTS + 4, 1, 2, 1);
        give(target, channel, 2 * (firstRow + i / tilesInRow), 2 * (i % tilesInRow), value);
      }
    }
  }

  /** A' along one axis of the tile. */
  private void back(int from, int step, int to, int targetStep) {
    float m1 = tile[from + step];
    float m2 = tile[from + 2 * step];
    float first = (tile[from] + m1) + m2;
    tile[to + targetStep] = (m1 - m2) - tile[from + 3 * step];
    tile[to] = first;
  }

  /** Writes a 2x2 tile but for what lies outside. */
  private void give(float[] target, int channel, int top, int left, float bias) {
    for (int y = 0; y < Math.min(2, height.output() - top); y++) {
      for (int x = 0; x < Math.min(2, width.output() - left); x++) {
        target[channel + (top + y) * width.output() + left + x] = tile[2 * y + x] + bias;
      }
    }
  }
}
