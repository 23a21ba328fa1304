package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link WideSum}, one vector wide. */
final class NarrowSum {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;

  private NarrowSum() {}

  /** Eight rows. */
  static void eightRows(
      int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int[] rows, int row) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    FloatVector c6 = FloatVector.zero(SPECIES);
    FloatVector c7 = FloatVector.zero(SPECIES);
    for (int p = 0; p < to; p++) {
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
    int place = ci + rows[row];
    FloatVector.fromArray(SPECIES, c, place).add(c0).intoArray(c, place);
    place = ci + rows[row + 1];
    FloatVector.fromArray(SPECIES, c, place).add(c1).intoArray(c, place);
    place = ci + rows[row + 2];
    FloatVector.fromArray(SPECIES, c, place).add(c2).intoArray(c, place);
    place = ci + rows[row + 3];
    FloatVector.fromArray(SPECIES, c, place).add(c3).intoArray(c, place);
    place = ci + rows[row + 4];
    FloatVector.fromArray(SPECIES, c, place).add(c4).intoArray(c, place);
    place = ci + rows[row + 5];
    FloatVector.fromArray(SPECIES, c, place).add(c5).intoArray(c, place);
    place = ci + rows[row + 6];
    FloatVector.fromArray(SPECIES, c, place).add(c6).intoArray(c, place);
    place = ci + rows[row + 7];
    FloatVector.fromArray(SPECIES, c, place).add(c7).intoArray(c, place);
  }

  /** Six rows. */
  static void sixRows(
      int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int[] rows, int row) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    for (int p = 0; p < to; p++) {
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
    int place = ci + rows[row];
    FloatVector.fromArray(SPECIES, c, place).add(c0).intoArray(c, place);
    place = ci + rows[row + 1];
    FloatVector.fromArray(SPECIES, c, place).add(c1).intoArray(c, place);
    place = ci + rows[row + 2];
    FloatVector.fromArray(SPECIES, c, place).add(c2).intoArray(c, place);
    place = ci + rows[row + 3];
    FloatVector.fromArray(SPECIES, c, place).add(c3).intoArray(c, place);
    place = ci + rows[row + 4];
    FloatVector.fromArray(SPECIES, c, place).add(c4).intoArray(c, place);
    place = ci + rows[row + 5];
    FloatVector.fromArray(SPECIES, c, place).add(c5).intoArray(c, place);
  }

  /** Four rows. */
  static void fourRows(
      int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int[] rows, int row) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    for (int p = 0; p < to; p++) {
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
    int place = ci + rows[row];
    FloatVector.fromArray(SPECIES, c, place).add(c0).intoArray(c, place);
    place = ci + rows[row + 1];
    FloatVector.fromArray(SPECIES, c, place).add(c1).intoArray(c, place);
    place = ci + rows[row + 2];
    FloatVector.fromArray(SPECIES, c, place).add(c2).intoArray(c, place);
    place = ci + rows[row + 3];
    FloatVector.fromArray(SPECIES, c, place).add(c3).intoArray(c, place);
  }
}
