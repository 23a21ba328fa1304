package org.convoy.backend.scalar;

import java.util.Arrays;
import org.convoy.backend.NormalizationPasses;
import org.convoy.tensor.Tensor;

/** Rows of a normalization by plain loops. */
public final class ScalarNormalization extends NormalizationPasses {
  private static final int LANES = 16;

  private final float[] lanes = new float[LANES];

  @Override
  protected float sum(float[] x, int from, int count) {
    Arrays.fill(lanes, 0);
    for (int i = 0; i < count; i++) {
      lanes[i % LANES] += x[from + i];
    }
    return ScalarBackend.fold(lanes);
  }

  @Override
  protected float squares(float[] x, int from, int count, float mean) {
    Arrays.fill(lanes, 0);
    for (int i = 0; i < count; i++) {
      float d = x[from + i] - mean;
      lanes[i % LANES] = Math.fma(d, d, lanes[i % LANES]);
    }
    return ScalarBackend.fold(lanes);
  }

  @Override
  protected float products(float[] g, int at, float[] x, int from, int count, float mean) {
    Arrays.fill(lanes, 0);
    for (int i = 0; i < count; i++) {
      lanes[i % LANES] = Math.fma(g[at + i], x[from + i] - mean, lanes[i % LANES]);
    }
    return ScalarBackend.fold(lanes);
  }

  @Override
  protected void scale(
      float[] x, int from, float[] y, int to, int count, float mean, float factor, float bias) {
    for (int i = 0; i < count; i++) {
      y[to + i] = Math.fma(x[from + i] - mean, factor, bias);
    }
  }

  @Override
  protected void combine(
      Tensor g,
      Tensor x,
      Tensor gx,
      int shift,
      int count,
      float mean,
      float slope,
      float factor,
      float constant) {
    int at = g.offset() + shift;
    int from = x.offset() + shift;
    int to = gx.offset() + shift;
    for (int i = 0; i < count; i++) {
      float own = Math.fma(g.data()[at + i], factor, constant);
      gx.data()[to + i] = Math.fma(x.data()[from + i] - mean, slope, own);
    }
  }
}
