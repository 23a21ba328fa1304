package org.convoy.backend.simd;

import org.convoy.tensor.Tensor;

/**
 * How {@link WinogradConvolution}'s tiles lie side by side in vectors. Which tile lies where
 * changes no bit of the result. Rows of tiles are counted through all examples of a batch.
 */
interface WinogradTiles {
  /** Rows of tiles of all examples. */
  int rows();

  int tilesInRow();

  /** Makes room for so many rows at a time. */
  void prepare(int rowsTogether);

  /** Transforms some rows of all source channels. */
  void read(Tensor source, int group, int from, int to, TransformedTiles tiles);

  /** Transforms some rows of all sums back, adds the bias, and writes targets. */
  void write(TransformedTiles sums, Tensor bias, Tensor target, int group, int from, int to);
}
