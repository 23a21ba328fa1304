package org.convoy.train;

/**
 * The numbers in which sums of gradients travel. Part of the result: a format rounds at two places
 * that every layout has, a shard's sum before it enters the {@link SumTree} and the tree's root.
 * Between them sums are added in single precision, so the bits do not depend on who added.
 *
 * <p>There is no error feedback: what a rounding leaves out would have to be remembered for each
 * shard, {@code shards} vectors that travel with it or are lost with an executor. The first costs
 * more than the format saves, the second makes the result depend on faults.
 */
public enum GradientFormat {
  /** IEEE single precision: nothing is rounded. */
  FP32 {
    @Override
    public void round(float[] values) {}
  },

  /**
   * The upper half of single precision (8 bits of exponent, 8 of mantissa with the hidden one),
   * rounded to nearest, ties to even: a relative error of at most 2^-8. Finite numbers above about
   * 3.39e38 become infinite; not-a-number stays that.
   */
  BF16 {
    @Override
    public void round(float[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] = toBf16(values[i]);
      }
    }
  };

  private static final int LOWER_HALF = 0xFFFF;
  private static final int QUIET = 0x400000;

  /** Rounds in place; rounding again changes nothing. */
  public abstract void round(float[] values);

  private static float toBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return Float.intBitsToFloat((bits | QUIET) & ~LOWER_HALF);
    }
    int even = (bits >>> 16) & 1;
    return Float.intBitsToFloat((bits + (LOWER_HALF >> 1) + even) & ~LOWER_HALF);
  }
}
