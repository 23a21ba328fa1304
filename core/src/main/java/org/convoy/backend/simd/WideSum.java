package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles whose sums begin at zero and are then added to c, each row at a place of its own: for
 * gradients that are sums of sums. Otherwise like {@link WideTile}.
 */
final class WideSum {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int LENGTH = Vectors.LENGTH;

  private WideSum() {}

  /** Eight rows. */
  static void eightRows(
      int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int[] rows, int row) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    for (int p = 0; p < to; p++) {
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
    int place = ci + rows[row];
    FloatVector.fromArray(SPECIES, c, place).add(c00).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c01).intoArray(c, place + LENGTH);
    place = ci + rows[row + 1];
    FloatVector.fromArray(SPECIES, c, place).add(c10).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c11).intoArray(c, place + LENGTH);
    place = ci + rows[row + 2];
    FloatVector.fromArray(SPECIES, c, place).add(c20).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c21).intoArray(c, place + LENGTH);
    place = ci + rows[row + 3];
    FloatVector.fromArray(SPECIES, c, place).add(c30).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c31).intoArray(c, place + LENGTH);
    place = ci + rows[row + 4];
    FloatVector.fromArray(SPECIES, c, place).add(c40).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c41).intoArray(c, place + LENGTH);
    place = ci + rows[row + 5];
    FloatVector.fromArray(SPECIES, c, place).add(c50).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c51).intoArray(c, place + LENGTH);
    place = ci + rows[row + 6];
    FloatVector.fromArray(SPECIES, c, place).add(c60).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c61).intoArray(c, place + LENGTH);
    place = ci + rows[row + 7];
    FloatVector.fromArray(SPECIES, c, place).add(c70).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c71).intoArray(c, place + LENGTH);
  }

  /** Six rows. */
  static void sixRows(
      int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int[] rows, int row) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    for (int p = 0; p < to; p++) {
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
    int place = ci + rows[row];
    FloatVector.fromArray(SPECIES, c, place).add(c00).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c01).intoArray(c, place + LENGTH);
    place = ci + rows[row + 1];
    FloatVector.fromArray(SPECIES, c, place).add(c10).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c11).intoArray(c, place + LENGTH);
    place = ci + rows[row + 2];
    FloatVector.fromArray(SPECIES, c, place).add(c20).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c21).intoArray(c, place + LENGTH);
    place = ci + rows[row + 3];
    FloatVector.fromArray(SPECIES, c, place).add(c30).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c31).intoArray(c, place + LENGTH);
    place = ci + rows[row + 4];
    FloatVector.fromArray(SPECIES, c, place).add(c40).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c41).intoArray(c, place + LENGTH);
    place = ci + rows[row + 5];
    FloatVector.fromArray(SPECIES, c, place).add(c50).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c51).intoArray(c, place + LENGTH);
  }

  /** Four rows. */
  static void fourRows(
      int to, Operand a, int ai, Operand b, int bi, float[] c, int ci, int[] rows, int row) {
    float[] left = a.data;
    int[] leftSteps = a.steps;
    float[] right = b.data;
    int[] rightSteps = b.steps;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    for (int p = 0; p < to; p++) {
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
    int place = ci + rows[row];
    FloatVector.fromArray(SPECIES, c, place).add(c00).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c01).intoArray(c, place + LENGTH);
    place = ci + rows[row + 1];
    FloatVector.fromArray(SPECIES, c, place).add(c10).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c11).intoArray(c, place + LENGTH);
    place = ci + rows[row + 2];
    FloatVector.fromArray(SPECIES, c, place).add(c20).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c21).intoArray(c, place + LENGTH);
    place = ci + rows[row + 3];
    FloatVector.fromArray(SPECIES, c, place).add(c30).intoArray(c, place);
    FloatVector.fromArray(SPECIES, c, place + LENGTH).add(c31).intoArray(c, place + LENGTH);
  }
}
