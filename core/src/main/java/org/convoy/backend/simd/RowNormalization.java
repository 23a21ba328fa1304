package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.backend.NormalizationPasses;
import org.convoy.tensor.Tensor;

/** Rows of a normalization, a vector at a time; the last elements one by one. */
final class RowNormalization extends NormalizationPasses {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LANES = 16;

  private final float[] lanes = new float[LANES];

  @Override
  protected float sum(float[] x, int from, int count) {
    int whole = count / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += Vectors.LENGTH) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += LANES) {
        sum = sum.add(FloatVector.fromArray(SPECIES, x, from + i));
      }
      sum.intoArray(lanes, lane);
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] += x[from + i];
    }
    return ChannelSums.fold(lanes);
  }

  @Override
  protected float squares(float[] x, int from, int count, float mean) {
    int whole = count / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += Vectors.LENGTH) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += LANES) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(mean);
        sum = d.fma(d, sum);
      }
      sum.intoArray(lanes, lane);
    }
    for (int i = whole; i < count; i++) {
      float d = x[from + i] - mean;
      lanes[i - whole] = Math.fma(d, d, lanes[i - whole]);
    }
    return ChannelSums.fold(lanes);
  }

  @Override
  protected float products(float[] g, int at, float[] x, int from, int count, float mean) {
    int whole = count / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += Vectors.LENGTH) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += LANES) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(mean);
        sum = FloatVector.fromArray(SPECIES, g, at + i).fma(d, sum);
      }
      sum.intoArray(lanes, lane);
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] = Math.fma(g[at + i], x[from + i] - mean, lanes[i - whole]);
    }
    return ChannelSums.fold(lanes);
  }

  @Override
  protected void scale(
      float[] x, int from, float[] y, int to, int count, float mean, float factor, float bias) {
    int bound = SPECIES.loopBound(count);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector biases = FloatVector.broadcast(SPECIES, bias);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(mean);
      d.fma(factors, biases).intoArray(y, to + i);
    }
    for (int i = bound; i < count; i++) {
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
    float[] gradients = g.data();
    float[] values = x.data();
    float[] results = gx.data();
    int at = g.offset() + shift;
    int from = x.offset() + shift;
    int to = gx.offset() + shift;
    int bound = SPECIES.loopBound(count);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector constants = FloatVector.broadcast(SPECIES, constant);
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector own = FloatVector.fromArray(SPECIES, gradients, at + i).fma(factors, constants);
      FloatVector d = FloatVector.fromArray(SPECIES, values, from + i).sub(mean);
      d.fma(slopes, own).intoArray(results, to + i);
    }
    for (int i = bound; i < count; i++) {
      float own = Math.fma(gradients[at + i], factor, constant);
      results[to + i] = Math.fma(values[from + i] - mean, slope, own);
    }
  }
}
