package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.backend.LaneSums;
import org.convoy.backend.Normalization;
import org.convoy.backend.NormalizationPasses;
import org.convoy.tensor.Tensor;

/** A normalization by plain loops. */
final class ScalarNormalization extends NormalizationPasses {
  private static final int LANES = LaneSums.LANES;

  private final float[] lanes = new float[LANES];
  private final float[] others = new float[LANES];

  /** Where the whole sixteens of a row end. */
  private final int whole;

  /** The bits of a gradient that pass whatever the output is. */
  private final int free;

  ScalarNormalization(Normalization options, Tensor input) {
    super(options, input);
    this.whole = positions / LANES * LANES;
    this.free = limit == 0 ? 0 : -1;
  }

  /** Where the piece ends that begins at a position. */
  private int pieceEnd(int position) {
    return position < whole ? Math.min(position + PIECE, whole) : positions;
  }

  @Override
  protected void addDeviations(
      float[] x, int from, float shift, LaneSums deviations, LaneSums squares) {
    for (int row = 0; row < rows; row++) {
      int start = from + row * step;
      for (int i = 0; i < positions; i = pieceEnd(i)) {
        addPiece(x, start + i, pieceEnd(i) - i, shift);
        deviations.add(lanes);
        squares.add(others);
      }
    }
  }

  private void addPiece(float[] x, int from, int count, float shift) {
    Arrays.fill(lanes, 0);
    Arrays.fill(others, 0);
    for (int k = 0; k < count; k++) {
      float d = x[from + k] - shift;
      lanes[k % LANES] += d;
      others[k % LANES] = Math.fma(d, d, others[k % LANES]);
    }
  }

  @Override
  protected void addGradients(
      float[] g, int at, float[] x, int from, int rowCount, LaneSums gradients, LaneSums products) {
    for (int row = 0; row < rowCount; row++) {
      int shift = row * step;
      for (int i = 0; i < positions; i = pieceEnd(i)) {
        addPiece(g, at + shift + i, x, from + shift + i, pieceEnd(i) - i);
        gradients.add(lanes);
        products.add(others);
      }
    }
  }

  private void addPiece(float[] g, int at, float[] x, int from, int count) {
    Arrays.fill(lanes, 0);
    Arrays.fill(others, 0);
    for (int k = 0; k < count; k++) {
      float d = x[from + k] - mean;
      float own = passed(g[at + k], Math.fma(d, factor, bias));
      lanes[k % LANES] += own;
      others[k % LANES] = Math.fma(own, d, others[k % LANES]);
    }
  }

  /**
   * The gradient, or 0 if the output is rectified to 0; by bit operations, because a branch would
   * be mispredicted every other time.
   */
  private float passed(float gradient, float output) {
    int magnitude = Float.floatToRawIntBits(Math.max(0, output)) << 1;
    int mask = (magnitude | -magnitude) >> 31 | free;
    return Float.intBitsToFloat(Float.floatToRawIntBits(gradient) & mask);
  }

  @Override
  protected void normalize(float[] x, int from, float[] y, int to) {
    float least = limit == 0 ? 0 : Float.NEGATIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      int source = from + row * step;
      int target = to + row * step;
      for (int i = 0; i < positions; i++) {
        y[target + i] = Math.max(least, Math.fma(x[source + i] - mean, factor, bias));
      }
    }
  }

  @Override
  protected void combine(
      float[] g, int at, float[] x, int from, float[] gx, int to, float slope, float constant) {
    for (int row = 0; row < rows; row++) {
      int shift = row * step;
      for (int i = 0; i < positions; i++) {
        float d = x[from + shift + i] - mean;
        float own = passed(g[at + shift + i], Math.fma(d, factor, bias));
        gx[to + shift + i] = Math.fma(d, slope, Math.fma(own, factor, constant));
      }
    }
  }
}
