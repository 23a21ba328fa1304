package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles two vectors wide: the loops that take nearly all of the time. Each element of c is one
 * chain of fused multiply-adds in ascending order of the terms. The accumulators are local
 * variables, so that they stay in registers; c is read and written once.
 */
final class WideTile {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LENGTH = Vectors.LENGTH;

  private WideTile() {}

  /** Eight rows. */
  static void eightRows(
      int from, int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int stride) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, ci);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, ci + LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, ci + stride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, ci + stride + LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride + LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride + LENGTH);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride + LENGTH);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride + LENGTH);
    FloatVector c60 = FloatVector.fromArray(SPECIES, c, ci + 6 * stride);
    FloatVector c61 = FloatVector.fromArray(SPECIES, c, ci + 6 * stride + LENGTH);
    FloatVector c70 = FloatVector.fromArray(SPECIES, c, ci + 7 * stride);
    FloatVector c71 = FloatVector.fromArray(SPECIES, c, ci + 7 * stride + LENGTH);
    for (int p = from; p < to; p++) {
      int q = bi + rightSteps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, right, q + LENGTH);
      int i = ai + leftSteps[p];
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, left[i + 4]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, left[i + 5]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      x = FloatVector.broadcast(SPECIES, left[i + 6]);
      c60 = b0.fma(x, c60);
      c61 = b1.fma(x, c61);
      x = FloatVector.broadcast(SPECIES, left[i + 7]);
      c70 = b0.fma(x, c70);
      c71 = b1.fma(x, c71);
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + LENGTH);
    c10.intoArray(c, ci + stride);
    c11.intoArray(c, ci + stride + LENGTH);
    c20.intoArray(c, ci + 2 * stride);
    c21.intoArray(c, ci + 2 * stride + LENGTH);
    c30.intoArray(c, ci + 3 * stride);
    c31.intoArray(c, ci + 3 * stride + LENGTH);
    c40.intoArray(c, ci + 4 * stride);
    c41.intoArray(c, ci + 4 * stride + LENGTH);
    c50.intoArray(c, ci + 5 * stride);
    c51.intoArray(c, ci + 5 * stride + LENGTH);
    c60.intoArray(c, ci + 6 * stride);
    c61.intoArray(c, ci + 6 * stride + LENGTH);
    c70.intoArray(c, ci + 7 * stride);
    c71.intoArray(c, ci + 7 * stride + LENGTH);
  }

  /** Six rows. */
  static void sixRows(
      int from, int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int stride) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, ci);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, ci + LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, ci + stride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, ci + stride + LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride + LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride + LENGTH);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride + LENGTH);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride + LENGTH);
    for (int p = from; p < to; p++) {
      int q = bi + rightSteps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, right, q + LENGTH);
      int i = ai + leftSteps[p];
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, left[i + 4]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, left[i + 5]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + LENGTH);
    c10.intoArray(c, ci + stride);
    c11.intoArray(c, ci + stride + LENGTH);
    c20.intoArray(c, ci + 2 * stride);
    c21.intoArray(c, ci + 2 * stride + LENGTH);
    c30.intoArray(c, ci + 3 * stride);
    c31.intoArray(c, ci + 3 * stride + LENGTH);
    c40.intoArray(c, ci + 4 * stride);
    c41.intoArray(c, ci + 4 * stride + LENGTH);
    c50.intoArray(c, ci + 5 * stride);
    c51.intoArray(c, ci + 5 * stride + LENGTH);
  }

  /** Four rows. */
  static void fourRows(
      int from, int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int stride) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, ci);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, ci + LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, ci + stride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, ci + stride + LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride + LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride + LENGTH);
    for (int p = from; p < to; p++) {
      int q = bi + rightSteps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, right, q + LENGTH);
      int i = ai + leftSteps[p];
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + LENGTH);
    c10.intoArray(c, ci + stride);
    c11.intoArray(c, ci + stride + LENGTH);
    c20.intoArray(c, ci + 2 * stride);
    c21.intoArray(c, ci + 2 * stride + LENGTH);
    c30.intoArray(c, ci + 3 * stride);
    c31.intoArray(c, ci + 3 * stride + LENGTH);
  }
}
