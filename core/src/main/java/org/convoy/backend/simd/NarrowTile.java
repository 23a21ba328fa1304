package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles one vector wide, for panels of few columns; otherwise like {@link WideTile}. */
final class NarrowTile {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;

  private NarrowTile() {}

  /** Eight rows. */
  static void eightRows(
      int from, int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int stride) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, ci);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, ci + stride);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride);
    FloatVector c4 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride);
    FloatVector c5 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride);
    FloatVector c6 = FloatVector.fromArray(SPECIES, c, ci + 6 * stride);
    FloatVector c7 = FloatVector.fromArray(SPECIES, c, ci + 7 * stride);
    for (int p = from; p < to; p++) {
      int q = bi + rightSteps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      int i = ai + leftSteps[p];
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c3 = b0.fma(x, c3);
      x = FloatVector.broadcast(SPECIES, left[i + 4]);
      c4 = b0.fma(x, c4);
      x = FloatVector.broadcast(SPECIES, left[i + 5]);
      c5 = b0.fma(x, c5);
      x = FloatVector.broadcast(SPECIES, left[i + 6]);
      c6 = b0.fma(x, c6);
      x = FloatVector.broadcast(SPECIES, left[i + 7]);
      c7 = b0.fma(x, c7);
    }
    c0.intoArray(c, ci);
    c1.intoArray(c, ci + stride);
    c2.intoArray(c, ci + 2 * stride);
    c3.intoArray(c, ci + 3 * stride);
    c4.intoArray(c, ci + 4 * stride);
    c5.intoArray(c, ci + 5 * stride);
    c6.intoArray(c, ci + 6 * stride);
    c7.intoArray(c, ci + 7 * stride);
  }

  /** Six rows. */
  static void sixRows(
      int from, int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int stride) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, ci);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, ci + stride);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride);
    FloatVector c4 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride);
    FloatVector c5 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride);
    for (int p = from; p < to; p++) {
      int q = bi + rightSteps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      int i = ai + leftSteps[p];
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c3 = b0.fma(x, c3);
      x = FloatVector.broadcast(SPECIES, left[i + 4]);
      c4 = b0.fma(x, c4);
      x = FloatVector.broadcast(SPECIES, left[i + 5]);
      c5 = b0.fma(x, c5);
    }
    c0.intoArray(c, ci);
    c1.intoArray(c, ci + stride);
    c2.intoArray(c, ci + 2 * stride);
    c3.intoArray(c, ci + 3 * stride);
    c4.intoArray(c, ci + 4 * stride);
    c5.intoArray(c, ci + 5 * stride);
  }

  /** Four rows. */
  static void fourRows(
      int from, int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int stride) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, ci);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, ci + stride);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride);
    for (int p = from; p < to; p++) {
      int q = bi + rightSteps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      int i = ai + leftSteps[p];
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c3 = b0.fma(x, c3);
    }
    c0.intoArray(c, ci);
    c1.intoArray(c, ci + stride);
    c2.intoArray(c, ci + 2 * stride);
    c3.intoArray(c, ci + 3 * stride);
  }
}
