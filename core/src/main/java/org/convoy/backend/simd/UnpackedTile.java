package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link NarrowTile} with a left factor that is read where it lies: row r of term p at {@code ai +
 * r * pitch + p}. For a large left factor that few columns meet, which would not pay for packing.
 */
final class UnpackedTile {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LENGTH = Vectors.LENGTH;
  private static final Class<?> TYPE = Vectors.TYPE;

  private UnpackedTile() {}

  /** Twelve rows, whose sums lie side by side in c; the columns of b's terms follow each other. */
  static void twelveRows(
      int terms, float[] left, int ai, int pitch, float[] right, int bi, float[] c) {
    int a0 = ai;
    int a1 = ai + pitch;
    int a2 = ai + 2 * pitch;
    int a3 = ai + 3 * pitch;
    int a4 = ai + 4 * pitch;
    int a5 = ai + 5 * pitch;
    int a6 = ai + 6 * pitch;
    int a7 = ai + 7 * pitch;
    int a8 = ai + 8 * pitch;
    int a9 = ai + 9 * pitch;
    int a10 = ai + 10 * pitch;
    int a11 = ai + 11 * pitch;
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, 0);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, LENGTH);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, 2 * LENGTH);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, 3 * LENGTH);
    FloatVector c4 = FloatVector.fromArray(SPECIES, c, 4 * LENGTH);
    FloatVector c5 = FloatVector.fromArray(SPECIES, c, 5 * LENGTH);
    FloatVector c6 = FloatVector.fromArray(SPECIES, c, 6 * LENGTH);
    FloatVector c7 = FloatVector.fromArray(SPECIES, c, 7 * LENGTH);
    FloatVector c8 = FloatVector.fromArray(SPECIES, c, 8 * LENGTH);
    FloatVector c9 = FloatVector.fromArray(SPECIES, c, 9 * LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, 10 * LENGTH);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, 11 * LENGTH);
    for (int p = 0; p < terms; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, bi + p * LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, left[a0 + p]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[a1 + p]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[a2 + p]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[a3 + p]);
      c3 = b0.fma(x, c3);
      x = FloatVector.broadcast(SPECIES, left[a4 + p]);
      c4 = b0.fma(x, c4);
      x = FloatVector.broadcast(SPECIES, left[a5 + p]);
      c5 = b0.fma(x, c5);
      x = FloatVector.broadcast(SPECIES, left[a6 + p]);
      c6 = b0.fma(x, c6);
      x = FloatVector.broadcast(SPECIES, left[a7 + p]);
      c7 = b0.fma(x, c7);
      x = FloatVector.broadcast(SPECIES, left[a8 + p]);
      c8 = b0.fma(x, c8);
      x = FloatVector.broadcast(SPECIES, left[a9 + p]);
      c9 = b0.fma(x, c9);
      x = FloatVector.broadcast(SPECIES, left[a10 + p]);
      c10 = b0.fma(x, c10);
      x = FloatVector.broadcast(SPECIES, left[a11 + p]);
      c11 = b0.fma(x, c11);
    }
    ((FloatVector) TYPE.cast(c0)).intoArray(c, 0);
    ((FloatVector) TYPE.cast(c1)).intoArray(c, LENGTH);
    ((FloatVector) TYPE.cast(c2)).intoArray(c, 2 * LENGTH);
    ((FloatVector) TYPE.cast(c3)).intoArray(c, 3 * LENGTH);
    ((FloatVector) TYPE.cast(c4)).intoArray(c, 4 * LENGTH);
    ((FloatVector) TYPE.cast(c5)).intoArray(c, 5 * LENGTH);
    ((FloatVector) TYPE.cast(c6)).intoArray(c, 6 * LENGTH);
    ((FloatVector) TYPE.cast(c7)).intoArray(c, 7 * LENGTH);
    ((FloatVector) TYPE.cast(c8)).intoArray(c, 8 * LENGTH);
    ((FloatVector) TYPE.cast(c9)).intoArray(c, 9 * LENGTH);
    ((FloatVector) TYPE.cast(c10)).intoArray(c, 10 * LENGTH);
    ((FloatVector) TYPE.cast(c11)).intoArray(c, 11 * LENGTH);
  }

  /** Four rows, whose sums lie side by side in c; the columns of b's terms follow each other. */
  static void fourRows(
      int terms, float[] left, int ai, int pitch, float[] right, int bi, float[] c) {
    int a0 = ai;
    int a1 = ai + pitch;
    int a2 = ai + 2 * pitch;
    int a3 = ai + 3 * pitch;
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, 0);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, LENGTH);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, 2 * LENGTH);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, 3 * LENGTH);
    for (int p = 0; p < terms; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, right, bi + p * LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, left[a0 + p]);
      c0 = b0.fma(x, c0);
      x = FloatVector.broadcast(SPECIES, left[a1 + p]);
      c1 = b0.fma(x, c1);
      x = FloatVector.broadcast(SPECIES, left[a2 + p]);
      c2 = b0.fma(x, c2);
      x = FloatVector.broadcast(SPECIES, left[a3 + p]);
      c3 = b0.fma(x, c3);
    }
    ((FloatVector) TYPE.cast(c0)).intoArray(c, 0);
    ((FloatVector) TYPE.cast(c1)).intoArray(c, LENGTH);
    ((FloatVector) TYPE.cast(c2)).intoArray(c, 2 * LENGTH);
    ((FloatVector) TYPE.cast(c3)).intoArray(c, 3 * LENGTH);
  }
}
