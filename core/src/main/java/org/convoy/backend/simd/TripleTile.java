package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link WideTile} with a third vector, for what is left of an odd number of them: a tile one
 * vector wide has too few independent sums to hide a multiply-add's latency.
 */
final class TripleTile {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LENGTH = Vectors.LENGTH;
  private static final Class<?> TYPE = Vectors.TYPE;

  /** Rows of the only tile; with 24 accumulators it needs 32 registers. */
  static final int ROWS = 8;

  private TripleTile() {}

  /**
   * Eight rows; c is read and written.
   *
   * @param second how much further on than the first vector's the second one's columns of {@code b}
   *     begin, {@code third} those of the third
   */
  static void eightRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      int second,
      int third,
      float[] c,
      int ci,
      int stride) {
    float[] right = b.data;
    int[] steps = b.steps;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, ci);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, ci + LENGTH);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, ci + 2 * LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, ci + stride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, ci + stride + LENGTH);
    FloatVector c12 = FloatVector.fromArray(SPECIES, c, ci + stride + 2 * LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride + LENGTH);
    FloatVector c22 = FloatVector.fromArray(SPECIES, c, ci + 2 * stride + 2 * LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride + LENGTH);
    FloatVector c32 = FloatVector.fromArray(SPECIES, c, ci + 3 * stride + 2 * LENGTH);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride + LENGTH);
    FloatVector c42 = FloatVector.fromArray(SPECIES, c, ci + 4 * stride + 2 * LENGTH);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride + LENGTH);
    FloatVector c52 = FloatVector.fromArray(SPECIES, c, ci + 5 * stride + 2 * LENGTH);
    FloatVector c60 = FloatVector.fromArray(SPECIES, c, ci + 6 * stride);
    FloatVector c61 = FloatVector.fromArray(SPECIES, c, ci + 6 * stride + LENGTH);
    FloatVector c62 = FloatVector.fromArray(SPECIES, c, ci + 6 * stride + 2 * LENGTH);
    FloatVector c70 = FloatVector.fromArray(SPECIES, c, ci + 7 * stride);
    FloatVector c71 = FloatVector.fromArray(SPECIES, c, ci + 7 * stride + LENGTH);
    FloatVector c72 = FloatVector.fromArray(SPECIES, c, ci + 7 * stride + 2 * LENGTH);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, right, q + second);
      FloatVector b2 = FloatVector.fromArray(SPECIES, right, q + third);
      int next = bi + steps[p + 1];
      FloatVector b3 = FloatVector.fromArray(SPECIES, right, next);
      FloatVector b4 = FloatVector.fromArray(SPECIES, right, next + second);
      FloatVector b5 = FloatVector.fromArray(SPECIES, right, next + third);
      int i = ai + 8 * p;
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c00 = b0.fma(x, c00);
      c01 = b1.fma(x, c01);
      c02 = b2.fma(x, c02);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c10 = b0.fma(x, c10);
      c11 = b1.fma(x, c11);
      c12 = b2.fma(x, c12);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c20 = b0.fma(x, c20);
      c21 = b1.fma(x, c21);
      c22 = b2.fma(x, c22);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c30 = b0.fma(x, c30);
      c31 = b1.fma(x, c31);
      c32 = b2.fma(x, c32);
      x = FloatVector.broadcast(SPECIES, left[i + 4]);
      c40 = b0.fma(x, c40);
      c41 = b1.fma(x, c41);
      c42 = b2.fma(x, c42);
      x = FloatVector.broadcast(SPECIES, left[i + 5]);
      c50 = b0.fma(x, c50);
      c51 = b1.fma(x, c51);
      c52 = b2.fma(x, c52);
      x = FloatVector.broadcast(SPECIES, left[i + 6]);
      c60 = b0.fma(x, c60);
      c61 = b1.fma(x, c61);
      c62 = b2.fma(x, c62);
      x = FloatVector.broadcast(SPECIES, left[i + 7]);
      c70 = b0.fma(x, c70);
      c71 = b1.fma(x, c71);
      c72 = b2.fma(x, c72);
      x = FloatVector.broadcast(SPECIES, left[i + 8]);
      c00 = b3.fma(x, c00);
      c01 = b4.fma(x, c01);
      c02 = b5.fma(x, c02);
      x = FloatVector.broadcast(SPECIES, left[i + 9]);
      c10 = b3.fma(x, c10);
      c11 = b4.fma(x, c11);
      c12 = b5.fma(x, c12);
      x = FloatVector.broadcast(SPECIES, left[i + 10]);
      c20 = b3.fma(x, c20);
      c21 = b4.fma(x, c21);
      c22 = b5.fma(x, c22);
      x = FloatVector.broadcast(SPECIES, left[i + 11]);
      c30 = b3.fma(x, c30);
      c31 = b4.fma(x, c31);
      c32 = b5.fma(x, c32);
      x = FloatVector.broadcast(SPECIES, left[i + 12]);
      c40 = b3.fma(x, c40);
      c41 = b4.fma(x, c41);
      c42 = b5.fma(x, c42);
      x = FloatVector.broadcast(SPECIES, left[i + 13]);
      c50 = b3.fma(x, c50);
      c51 = b4.fma(x, c51);
      c52 = b5.fma(x, c52);
      x = FloatVector.broadcast(SPECIES, left[i + 14]);
      c60 = b3.fma(x, c60);
      c61 = b4.fma(x, c61);
      c62 = b5.fma(x, c62);
      x = FloatVector.broadcast(SPECIES, left[i + 15]);
      c70 = b3.fma(x, c70);
      c71 = b4.fma(x, c71);
      c72 = b5.fma(x, c72);
    }
    ((FloatVector) TYPE.cast(c00)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c01)).intoArray(c, ci + LENGTH);
    ((FloatVector) TYPE.cast(c02)).intoArray(c, ci + 2 * LENGTH);
    ((FloatVector) TYPE.cast(c10)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c11)).intoArray(c, ci + stride + LENGTH);
    ((FloatVector) TYPE.cast(c12)).intoArray(c, ci + stride + 2 * LENGTH);
    ((FloatVector) TYPE.cast(c20)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c21)).intoArray(c, ci + 2 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c22)).intoArray(c, ci + 2 * stride + 2 * LENGTH);
    ((FloatVector) TYPE.cast(c30)).intoArray(c, ci + 3 * stride);
    ((FloatVector) TYPE.cast(c31)).intoArray(c, ci + 3 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c32)).intoArray(c, ci + 3 * stride + 2 * LENGTH);
    ((FloatVector) TYPE.cast(c40)).intoArray(c, ci + 4 * stride);
    ((FloatVector) TYPE.cast(c41)).intoArray(c, ci + 4 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c42)).intoArray(c, ci + 4 * stride + 2 * LENGTH);
    ((FloatVector) TYPE.cast(c50)).intoArray(c, ci + 5 * stride);
    ((FloatVector) TYPE.cast(c51)).intoArray(c, ci + 5 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c52)).intoArray(c, ci + 5 * stride + 2 * LENGTH);
    ((FloatVector) TYPE.cast(c60)).intoArray(c, ci + 6 * stride);
    ((FloatVector) TYPE.cast(c61)).intoArray(c, ci + 6 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c62)).intoArray(c, ci + 6 * stride + 2 * LENGTH);
    ((FloatVector) TYPE.cast(c70)).intoArray(c, ci + 7 * stride);
    ((FloatVector) TYPE.cast(c71)).intoArray(c, ci + 7 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c72)).intoArray(c, ci + 7 * stride + 2 * LENGTH);
  }
}
