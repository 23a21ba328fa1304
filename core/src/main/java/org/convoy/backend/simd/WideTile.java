package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles two vectors wide: the loops that take nearly all of the time. Each element of c is one
 * chain of fused multiply-adds in ascending order of an even number of terms.
 *
 * <p>The accumulators are local variables, so that they stay in registers; c is read and written
 * once. Two terms a round halve the loop's own work, which would compete with the multiply-adds for
 * the processor's ports. The vectors of both are read first: else C2 of JDK 17 puts all of the
 * second term's broadcasts before the last of them, and accumulators go to the stack and back. The
 * casts are {@link Vectors#exact}, which C2 would not inline into methods as large as these.
 *
 * <p>Term p of the left factor's rows lies at {@code ai + rows * p}; of the right one's columns at
 * {@code bi + steps[p]}, and {@code second} further on those of the second vector. Where c is
 * fresh, its elements count as 0 and are only written.
 */
final class WideTile {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LENGTH = Vectors.LENGTH;
  private static final Class<?> TYPE = Vectors.TYPE;

  private WideTile() {}

  /** Twelve rows. */
  static void twelveRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      int second,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] right = b.data;
    int[] steps = b.steps;
    float[] sums = fresh ? Tiles.ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector c0x0 = FloatVector.fromArray(SPECIES, sums, si);
    FloatVector c0x1 = FloatVector.fromArray(SPECIES, sums, si + LENGTH);
    FloatVector c1x0 = FloatVector.fromArray(SPECIES, sums, si + step);
    FloatVector c1x1 = FloatVector.fromArray(SPECIES, sums, si + step + LENGTH);
    FloatVector c2x0 = FloatVector.fromArray(SPECIES, sums, si + 2 * step);
    FloatVector c2x1 = FloatVector.fromArray(SPECIES, sums, si + 2 * step + LENGTH);
    FloatVector c3x0 = FloatVector.fromArray(SPECIES, sums, si + 3 * step);
    FloatVector c3x1 = FloatVector.fromArray(SPECIES, sums, si + 3 * step + LENGTH);
    FloatVector c4x0 = FloatVector.fromArray(SPECIES, sums, si + 4 * step);
    FloatVector c4x1 = FloatVector.fromArray(SPECIES, sums, si + 4 * step + LENGTH);
    FloatVector c5x0 = FloatVector.fromArray(SPECIES, sums, si + 5 * step);
    FloatVector c5x1 = FloatVector.fromArray(SPECIES, sums, si + 5 * step + LENGTH);
    FloatVector c6x0 = FloatVector.fromArray(SPECIES, sums, si + 6 * step);
    FloatVector c6x1 = FloatVector.fromArray(SPECIES, sums, si + 6 * step + LENGTH);
    FloatVector c7x0 = FloatVector.fromArray(SPECIES, sums, si + 7 * step);
    FloatVector c7x1 = FloatVector.fromArray(SPECIES, sums, si + 7 * step + LENGTH);
    FloatVector c8x0 = FloatVector.fromArray(SPECIES, sums, si + 8 * step);
    FloatVector c8x1 = FloatVector.fromArray(SPECIES, sums, si + 8 * step + LENGTH);
    FloatVector c9x0 = FloatVector.fromArray(SPECIES, sums, si + 9 * step);
    FloatVector c9x1 = FloatVector.fromArray(SPECIES, sums, si + 9 * step + LENGTH);
    FloatVector c10x0 = FloatVector.fromArray(SPECIES, sums, si + 10 * step);
    FloatVector c10x1 = FloatVector.fromArray(SPECIES, sums, si + 10 * step + LENGTH);
    FloatVector c11x0 = FloatVector.fromArray(SPECIES, sums, si + 11 * step);
    FloatVector c11x1 = FloatVector.fromArray(SPECIES, sums, si + 11 * step + LENGTH);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, right, q + second);
      int next = bi + steps[p + 1];
      FloatVector b2 = FloatVector.fromArray(SPECIES, right, next);
      FloatVector b3 = FloatVector.fromArray(SPECIES, right, next + second);
      int i = ai + 12 * p;
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c0x0 = b0.fma(x, c0x0);
      c0x1 = b1.fma(x, c0x1);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c1x0 = b0.fma(x, c1x0);
      c1x1 = b1.fma(x, c1x1);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c2x0 = b0.fma(x, c2x0);
      c2x1 = b1.fma(x, c2x1);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c3x0 = b0.fma(x, c3x0);
      c3x1 = b1.fma(x, c3x1);
      x = FloatVector.broadcast(SPECIES, left[i + 4]);
      c4x0 = b0.fma(x, c4x0);
      c4x1 = b1.fma(x, c4x1);
      x = FloatVector.broadcast(SPECIES, left[i + 5]);
      c5x0 = b0.fma(x, c5x0);
      c5x1 = b1.fma(x, c5x1);
      x = FloatVector.broadcast(SPECIES, left[i + 6]);
      c6x0 = b0.fma(x, c6x0);
      c6x1 = b1.fma(x, c6x1);
      x = FloatVector.broadcast(SPECIES, left[i + 7]);
      c7x0 = b0.fma(x, c7x0);
      c7x1 = b1.fma(x, c7x1);
      x = FloatVector.broadcast(SPECIES, left[i + 8]);
      c8x0 = b0.fma(x, c8x0);
      c8x1 = b1.fma(x, c8x1);
      x = FloatVector.broadcast(SPECIES, left[i + 9]);
      c9x0 = b0.fma(x, c9x0);
      c9x1 = b1.fma(x, c9x1);
      x = FloatVector.broadcast(SPECIES, left[i + 10]);
      c10x0 = b0.fma(x, c10x0);
      c10x1 = b1.fma(x, c10x1);
      x = FloatVector.broadcast(SPECIES, left[i + 11]);
      c11x0 = b0.fma(x, c11x0);
      c11x1 = b1.fma(x, c11x1);
      x = FloatVector.broadcast(SPECIES, left[i + 12]);
      c0x0 = b2.fma(x, c0x0);
      c0x1 = b3.fma(x, c0x1);
      x = FloatVector.broadcast(SPECIES, left[i + 13]);
      c1x0 = b2.fma(x, c1x0);
      c1x1 = b3.fma(x, c1x1);
      x = FloatVector.broadcast(SPECIES, left[i + 14]);
      c2x0 = b2.fma(x, c2x0);
      c2x1 = b3.fma(x, c2x1);
      x = FloatVector.broadcast(SPECIES, left[i + 15]);
      c3x0 = b2.fma(x, c3x0);
      c3x1 = b3.fma(x, c3x1);
      x = FloatVector.broadcast(SPECIES, left[i + 16]);
      c4x0 = b2.fma(x, c4x0);
      c4x1 = b3.fma(x, c4x1);
      x = FloatVector.broadcast(SPECIES, left[i + 17]);
      c5x0 = b2.fma(x, c5x0);
      c5x1 = b3.fma(x, c5x1);
      x = FloatVector.broadcast(SPECIES, left[i + 18]);
      c6x0 = b2.fma(x, c6x0);
      c6x1 = b3.fma(x, c6x1);
      x = FloatVector.broadcast(SPECIES, left[i + 19]);
      c7x0 = b2.fma(x, c7x0);
      c7x1 = b3.fma(x, c7x1);
      x = FloatVector.broadcast(SPECIES, left[i + 20]);
      c8x0 = b2.fma(x, c8x0);
      c8x1 = b3.fma(x, c8x1);
      x = FloatVector.broadcast(SPECIES, left[i + 21]);
      c9x0 = b2.fma(x, c9x0);
      c9x1 = b3.fma(x, c9x1);
      x = FloatVector.broadcast(SPECIES, left[i + 22]);
      c10x0 = b2.fma(x, c10x0);
      c10x1 = b3.fma(x, c10x1);
      x = FloatVector.broadcast(SPECIES, left[i + 23]);
      c11x0 = b2.fma(x, c11x0);
      c11x1 = b3.fma(x, c11x1);
    }
    ((FloatVector) TYPE.cast(c0x0)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c0x1)).intoArray(c, ci + LENGTH);
    ((FloatVector) TYPE.cast(c1x0)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c1x1)).intoArray(c, ci + stride + LENGTH);
    ((FloatVector) TYPE.cast(c2x0)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c2x1)).intoArray(c, ci + 2 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c3x0)).intoArray(c, ci + 3 * stride);
    ((FloatVector) TYPE.cast(c3x1)).intoArray(c, ci + 3 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c4x0)).intoArray(c, ci + 4 * stride);
    ((FloatVector) TYPE.cast(c4x1)).intoArray(c, ci + 4 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c5x0)).intoArray(c, ci + 5 * stride);
    ((FloatVector) TYPE.cast(c5x1)).intoArray(c, ci + 5 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c6x0)).intoArray(c, ci + 6 * stride);
    ((FloatVector) TYPE.cast(c6x1)).intoArray(c, ci + 6 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c7x0)).intoArray(c, ci + 7 * stride);
    ((FloatVector) TYPE.cast(c7x1)).intoArray(c, ci + 7 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c8x0)).intoArray(c, ci + 8 * stride);
    ((FloatVector) TYPE.cast(c8x1)).intoArray(c, ci + 8 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c9x0)).intoArray(c, ci + 9 * stride);
    ((FloatVector) TYPE.cast(c9x1)).intoArray(c, ci + 9 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c10x0)).intoArray(c, ci + 10 * stride);
    ((FloatVector) TYPE.cast(c10x1)).intoArray(c, ci + 10 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c11x0)).intoArray(c, ci + 11 * stride);
    ((FloatVector) TYPE.cast(c11x1)).intoArray(c, ci + 11 * stride + LENGTH);
  }

  /** Eight rows. */
  static void eightRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      int second,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] right = b.data;
    int[] steps = b.steps;
    float[] sums = fresh ? Tiles.ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, si);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, si + LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, si + step);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, si + step + LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, si + 2 * step);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, si + 2 * step + LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, si + 3 * step);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, si + 3 * step + LENGTH);
    FloatVector c40 = FloatVector.fromArray(SPECIES, sums, si + 4 * step);
    FloatVector c41 = FloatVector.fromArray(SPECIES, sums, si + 4 * step + LENGTH);
    FloatVector c50 = FloatVector.fromArray(SPECIES, sums, si + 5 * step);
    FloatVector c51 = FloatVector.fromArray(SPECIES, sums, si + 5 * step + LENGTH);
    FloatVector c60 = FloatVector.fromArray(SPECIES, sums, si + 6 * step);
    FloatVector c61 = FloatVector.fromArray(SPECIES, sums, si + 6 * step + LENGTH);
    FloatVector c70 = FloatVector.fromArray(SPECIES, sums, si + 7 * step);
    FloatVector c71 = FloatVector.fromArray(SPECIES, sums, si + 7 * step + LENGTH);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, right, q + second);
      int next = bi + steps[p + 1];
      FloatVector b2 = FloatVector.fromArray(SPECIES, right, next);
      FloatVector b3 = FloatVector.fromArray(SPECIES, right, next + second);
      int i = ai + 8 * p;
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
      x = FloatVector.broadcast(SPECIES, left[i + 8]);
      c00 = b2.fma(x, c00);
      c01 = b3.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, left[i + 9]);
      c10 = b2.fma(x, c10);
      c11 = b3.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, left[i + 10]);
      c20 = b2.fma(x, c20);
      c21 = b3.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, left[i + 11]);
      c30 = b2.fma(x, c30);
      c31 = b3.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, left[i + 12]);
      c40 = b2.fma(x, c40);
      c41 = b3.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, left[i + 13]);
      c50 = b2.fma(x, c50);
      c51 = b3.fma(x, c51);
      x = FloatVector.broadcast(SPECIES, left[i + 14]);
      c60 = b2.fma(x, c60);
      c61 = b3.fma(x, c61);
      x = FloatVector.broadcast(SPECIES, left[i + 15]);
      c70 = b2.fma(x, c70);
      c71 = b3.fma(x, c71);
    }
    ((FloatVector) TYPE.cast(c00)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c01)).intoArray(c, ci + LENGTH);
    ((FloatVector) TYPE.cast(c10)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c11)).intoArray(c, ci + stride + LENGTH);
    ((FloatVector) TYPE.cast(c20)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c21)).intoArray(c, ci + 2 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c30)).intoArray(c, ci + 3 * stride);
    ((FloatVector) TYPE.cast(c31)).intoArray(c, ci + 3 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c40)).intoArray(c, ci + 4 * stride);
    ((FloatVector) TYPE.cast(c41)).intoArray(c, ci + 4 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c50)).intoArray(c, ci + 5 * stride);
    ((FloatVector) TYPE.cast(c51)).intoArray(c, ci + 5 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c60)).intoArray(c, ci + 6 * stride);
    ((FloatVector) TYPE.cast(c61)).intoArray(c, ci + 6 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c70)).intoArray(c, ci + 7 * stride);
    ((FloatVector) TYPE.cast(c71)).intoArray(c, ci + 7 * stride + LENGTH);
  }

  /** Six rows. */
  static void sixRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      int second,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] right = b.data;
    int[] steps = b.steps;
    float[] sums = fresh ? Tiles.ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, si);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, si + LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, si + step);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, si + step + LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, si + 2 * step);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, si + 2 * step + LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, si + 3 * step);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, si + 3 * step + LENGTH);
    FloatVector c40 = FloatVector.fromArray(SPECIES, sums, si + 4 * step);
    FloatVector c41 = FloatVector.fromArray(SPECIES, sums, si + 4 * step + LENGTH);
    FloatVector c50 = FloatVector.fromArray(SPECIES, sums, si + 5 * step);
    FloatVector c51 = FloatVector.fromArray(SPECIES, sums, si + 5 * step + LENGTH);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, right, q + second);
      int next = bi + steps[p + 1];
      FloatVector b2 = FloatVector.fromArray(SPECIES, right, next);
      FloatVector b3 = FloatVector.fromArray(SPECIES, right, next + second);
      int i = ai + 6 * p;
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
      c00 = b2.fma(x, c00);
      c01 = b3.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, left[i + 7]);
      c10 = b2.fma(x, c10);
      c11 = b3.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, left[i + 8]);
      c20 = b2.fma(x, c20);
      c21 = b3.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, left[i + 9]);
      c30 = b2.fma(x, c30);
      c31 = b3.fma(x, c31);
      x = FloatVector.broadcast(SPECIES, left[i + 10]);
      c40 = b2.fma(x, c40);
      c41 = b3.fma(x, c41);
      x = FloatVector.broadcast(SPECIES, left[i + 11]);
      c50 = b2.fma(x, c50);
      c51 = b3.fma(x, c51);
    }
    ((FloatVector) TYPE.cast(c00)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c01)).intoArray(c, ci + LENGTH);
    ((FloatVector) TYPE.cast(c10)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c11)).intoArray(c, ci + stride + LENGTH);
    ((FloatVector) TYPE.cast(c20)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c21)).intoArray(c, ci + 2 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c30)).intoArray(c, ci + 3 * stride);
    ((FloatVector) TYPE.cast(c31)).intoArray(c, ci + 3 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c40)).intoArray(c, ci + 4 * stride);
    ((FloatVector) TYPE.cast(c41)).intoArray(c, ci + 4 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c50)).intoArray(c, ci + 5 * stride);
    ((FloatVector) TYPE.cast(c51)).intoArray(c, ci + 5 * stride + LENGTH);
  }

  /** Four rows. */
  static void fourRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      int second,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] right = b.data;
    int[] steps = b.steps;
    float[] sums = fresh ? Tiles.ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, si);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, si + LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, si + step);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, si + step + LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, si + 2 * step);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, si + 2 * step + LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, si + 3 * step);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, si + 3 * step + LENGTH);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, right, q + second);
      int next = bi + steps[p + 1];
      FloatVector b2 = FloatVector.fromArray(SPECIES, right, next);
      FloatVector b3 = FloatVector.fromArray(SPECIES, right, next + second);
      int i = ai + 4 * p;
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
      c00 = b2.fma(x, c00);
      c01 = b3.fma(x, c01);
      x = FloatVector.broadcast(SPECIES, left[i + 5]);
      c10 = b2.fma(x, c10);
      c11 = b3.fma(x, c11);
      x = FloatVector.broadcast(SPECIES, left[i + 6]);
      c20 = b2.fma(x, c20);
      c21 = b3.fma(x, c21);
      x = FloatVector.broadcast(SPECIES, left[i + 7]);
      c30 = b2.fma(x, c30);
      c31 = b3.fma(x, c31);
    }
    ((FloatVector) TYPE.cast(c00)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c01)).intoArray(c, ci + LENGTH);
    ((FloatVector) TYPE.cast(c10)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c11)).intoArray(c, ci + stride + LENGTH);
    ((FloatVector) TYPE.cast(c20)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c21)).intoArray(c, ci + 2 * stride + LENGTH);
    ((FloatVector) TYPE.cast(c30)).intoArray(c, ci + 3 * stride);
    ((FloatVector) TYPE.cast(c31)).intoArray(c, ci + 3 * stride + LENGTH);
  }
}
