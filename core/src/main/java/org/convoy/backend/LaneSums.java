package org.convoy.backend;

import java.util.Arrays;

/**
 * Sixteen sums of many floats with almost twice the digits of a float: each is a float and what was
 * lost in rounding it, which an addition gives without error (Knuth, The Art of Computer
 * Programming 2, 4.2.2, theorem B). A sum that has met an infinity is NaN.
 */
public final class LaneSums {
  /** Number of sums. */
  public static final int LANES = 16;

  private final float[] sums = new float[LANES];
  private final float[] errors = new float[LANES];

  /** Back to zero. */
  public void clear() {
    Arrays.fill(sums, 0);
    Arrays.fill(errors, 0);
  }

  /** Adds a term to each sum. */
  public void add(float[] terms) {
    for (int lane = 0; lane < LANES; lane++) {
      float before = sums[lane];
      float term = terms[lane];
      float sum = before + term;
      float added = sum - before;
      sums[lane] = sum;
      errors[lane] += (before - (sum - added)) + (term - added);
    }
  }

  /** The rounded sums, for a backend that adds to them in the same way. */
  public float[] sums() {
    return sums;
  }

  /** What their roundings have lost. */
  public float[] errors() {
    return errors;
  }

  /** All sixteen together, in ascending order. */
  public double total() {
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) {
      total += (double) sums[lane] + errors[lane];
    }
    return total;
  }
}
