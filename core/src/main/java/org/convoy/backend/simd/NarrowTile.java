package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link WideTile}, one vector wide. */
final class NarrowTile {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final Class<?> TYPE = Vectors.TYPE;

  private NarrowTile() {}

  /** Twelve rows. */
  static void twelveRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] right = b.data;
    int[] steps = b.steps;
    float[] sums = fresh ? Tiles.ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, si);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, si + step);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, si + 2 * step);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, si + 3 * step);
    FloatVector c4 = FloatVector.fromArray(SPECIES, sums, si + 4 * step);
    FloatVector c5 = FloatVector.fromArray(SPECIES, sums, si + 5 * step);
    FloatVector c6 = FloatVector.fromArray(SPECIES, sums, si + 6 * step);
    FloatVector c7 = FloatVector.fromArray(SPECIES, sums, si + 7 * step);
    FloatVector c8 = FloatVector.fromArray(SPECIES, sums, si + 8 * step);
    FloatVector c9 = FloatVector.fromArray(SPECIES, sums, si + 9 * step);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, si + 10 * step);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, si + 11 * step);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      int i = ai + 12 * p;
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
      x = FloatVector.broadcast(SPECIES, left[i + 8]);
      c8 = b0.fma(x, c8);
      x = FloatVector.broadcast(SPECIES, left[i + 9]);
      c9 = b0.fma(x, c9);
      x = FloatVector.broadcast(SPECIES, left[i + 10]);
      c10 = b0.fma(x, c10);
      x = FloatVector.broadcast(SPECIES, left[i + 11]);
      c11 = b0.fma(x, c11);
      q = bi + steps[p + 1];
      b0 = FloatVector.fromArray(SPECIES, right, q);
      x = FloatVector.broadcast(SPECIES, left[i + 12]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[i + 13]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[i + 14]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[i + 15]);
      c3 = b0.fma(x, c3);
      x = FloatVector.broadcast(SPECIES, left[i + 16]);
      c4 = b0.fma(x, c4);
      x = FloatVector.broadcast(SPECIES, left[i + 17]);
      c5 = b0.fma(x, c5);
      x = FloatVector.broadcast(SPECIES, left[i + 18]);
      c6 = b0.fma(x, c6);
      x = FloatVector.broadcast(SPECIES, left[i + 19]);
      c7 = b0.fma(x, c7);
      x = FloatVector.broadcast(SPECIES, left[i + 20]);
      c8 = b0.fma(x, c8);
      x = FloatVector.broadcast(SPECIES, left[i + 21]);
      c9 = b0.fma(x, c9);
      x = FloatVector.broadcast(SPECIES, left[i + 22]);
      c10 = b0.fma(x, c10);
      x = FloatVector.broadcast(SPECIES, left[i + 23]);
      c11 = b0.fma(x, c11);
    }
    ((FloatVector) TYPE.cast(c0)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c1)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c2)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c3)).intoArray(c, ci + 3 * stride);
    ((FloatVector) TYPE.cast(c4)).intoArray(c, ci + 4 * stride);
    ((FloatVector) TYPE.cast(c5)).intoArray(c, ci + 5 * stride);
    ((FloatVector) TYPE.cast(c6)).intoArray(c, ci + 6 * stride);
    ((FloatVector) TYPE.cast(c7)).intoArray(c, ci + 7 * stride);
    ((FloatVector) TYPE.cast(c8)).intoArray(c, ci + 8 * stride);
    ((FloatVector) TYPE.cast(c9)).intoArray(c, ci + 9 * stride);
    ((FloatVector) TYPE.cast(c10)).intoArray(c, ci + 10 * stride);
    ((FloatVector) TYPE.cast(c11)).intoArray(c, ci + 11 * stride);
  }

  /** Eight rows. */
  static void eightRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] right = b.data;
    int[] steps = b.steps;
    float[] sums = fresh ? Tiles.ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, si);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, si + step);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, si + 2 * step);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, si + 3 * step);
    FloatVector c4 = FloatVector.fromArray(SPECIES, sums, si + 4 * step);
    FloatVector c5 = FloatVector.fromArray(SPECIES, sums, si + 5 * step);
    FloatVector c6 = FloatVector.fromArray(SPECIES, sums, si + 6 * step);
    FloatVector c7 = FloatVector.fromArray(SPECIES, sums, si + 7 * step);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      int i = ai + 8 * p;
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
      q = bi + steps[p + 1];
      b0 = FloatVector.fromArray(SPECIES, right, q);
      x = FloatVector.broadcast(SPECIES, left[i + 8]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[i + 9]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[i + 10]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[i + 11]);
      c3 = b0.fma(x, c3);
      x = FloatVector.broadcast(SPECIES, left[i + 12]);
      c4 = b0.fma(x, c4);
      x = FloatVector.broadcast(SPECIES, left[i + 13]);
      c5 = b0.fma(x, c5);
      x = FloatVector.broadcast(SPECIES, left[i + 14]);
      c6 = b0.fma(x, c6);
      x = FloatVector.broadcast(SPECIES, left[i + 15]);
      c7 = b0.fma(x, c7);
    }
    ((FloatVector) TYPE.cast(c0)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c1)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c2)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c3)).intoArray(c, ci + 3 * stride);
    ((FloatVector) TYPE.cast(c4)).intoArray(c, ci + 4 * stride);
    ((FloatVector) TYPE.cast(c5)).intoArray(c, ci + 5 * stride);
    ((FloatVector) TYPE.cast(c6)).intoArray(c, ci + 6 * stride);
    ((FloatVector) TYPE.cast(c7)).intoArray(c, ci + 7 * stride);
  }

  /** Six rows. */
  static void sixRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] right = b.data;
    int[] steps = b.steps;
    float[] sums = fresh ? Tiles.ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, si);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, si + step);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, si + 2 * step);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, si + 3 * step);
    FloatVector c4 = FloatVector.fromArray(SPECIES, sums, si + 4 * step);
    FloatVector c5 = FloatVector.fromArray(SPECIES, sums, si + 5 * step);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      int i = ai + 6 * p;
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
      q = bi + steps[p + 1];
      b0 = FloatVector.fromArray(SPECIES, right, q);
      x = FloatVector.broadcast(SPECIES, left[i + 6]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[i + 7]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[i + 8]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[i + 9]);
      c3 = b0.fma(x, c3);
      x = FloatVector.broadcast(SPECIES, left[i + 10]);
      c4 = b0.fma(x, c4);
      x = FloatVector.broadcast(SPECIES, left[i + 11]);
      c5 = b0.fma(x, c5);
    }
    ((FloatVector) TYPE.cast(c0)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c1)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c2)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c3)).intoArray(c, ci + 3 * stride);
    ((FloatVector) TYPE.cast(c4)).intoArray(c, ci + 4 * stride);
    ((FloatVector) TYPE.cast(c5)).intoArray(c, ci + 5 * stride);
  }

  /** Four rows. */
  static void fourRows(
      int from,
      int to,
      float[] left,
      int ai,
      Operand b,
      int bi,
      float[] c,
      int ci,
      int stride,
      boolean fresh) {
    float[] right = b.data;
    int[] steps = b.steps;
    float[] sums = fresh ? Tiles.ZEROS : c;
    int si = fresh ? 0 : ci;
    int step = fresh ? 0 : stride;
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, si);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, si + step);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, si + 2 * step);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, si + 3 * step);
    for (int p = from; p < to; p += 2) {
      int q = bi + steps[p];
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, q);
      int i = ai + 4 * p;
      FloatVector x = FloatVector.broadcast(SPECIES, left[i]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[i + 1]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[i + 2]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[i + 3]);
      c3 = b0.fma(x, c3);
      q = bi + steps[p + 1];
      b0 = FloatVector.fromArray(SPECIES, right, q);
      x = FloatVector.broadcast(SPECIES, left[i + 4]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[i + 5]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[i + 6]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[i + 7]);
      c3 = b0.fma(x, c3);
    }
    ((FloatVector) TYPE.cast(c0)).intoArray(c, ci);
    ((FloatVector) TYPE.cast(c1)).intoArray(c, ci + stride);
    ((FloatVector) TYPE.cast(c2)).intoArray(c, ci + 2 * stride);
    ((FloatVector) TYPE.cast(c3)).intoArray(c, ci + 3 * stride);
  }
}
