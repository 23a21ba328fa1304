package org.convoy.image.codec;

/**
 * The inverse discrete cosine transform of 8x8 coefficients, by eleven multiplications a line
 * (Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications",
 * ICASSP 1989, figure 1 backwards), in whole numbers: constants of 13 bits after the point, two
 * more bits between columns and rows, rounding where they are dropped. This is the arithmetic that
 * the common decoders use, so that pixels agree with theirs.
 */
final class JpegTransform {
  private static final int CONSTANT_BITS = 13;
  private static final int COLUMN_BITS = 2;

  /** The paper's constants times sqrt(2): sums and differences of cosines of k pi / 16. */
  private static final int C_0_298 = 2446;

  private static final int C_0_390 = 3196;
  private static final int C_0_541 = 4433;
  private static final int C_0_765 = 6270;
  private static final int C_0_899 = 7373;
  private static final int C_1_175 = 9633;
  private static final int C_1_501 = 12299;
  private static final int C_1_847 = 15137;
  private static final int C_1_961 = 16069;
  private static final int C_2_053 = 16819;
  private static final int C_2_562 = 20995;
  private static final int C_3_072 = 25172;

  private JpegTransform() {}

  /**
   * Writes 8x8 samples in 0..255.
   *
   * @param block dequantized coefficients, row by row; overwritten
   * @param stride from one row of samples to the next
   */
  static void inverse(int[] block, byte[] samples, int offset, int stride) {
    for (int column = 0; column < 8; column++) {
      if (isFlat(block, column)) {
        fill(block, column);
      } else {
        line(block, column, 8, CONSTANT_BITS - COLUMN_BITS);
      }
    }
    for (int row = 0; row < 8; row++) {
      line(block, row * 8, 1, CONSTANT_BITS + COLUMN_BITS + 3);
      int to = offset + row * stride;
      for (int i = 0; i < 8; i++) {
        samples[to + i] = (byte) Math.min(Math.max(block[row * 8 + i] + 128, 0), 255);
      }
    }
  }

  /** Whether a column has only its first coefficient, as most have. */
  private static boolean isFlat(int[] v, int at) {
    return (v[at + 8] | v[at + 16] | v[at + 24] | v[at + 32] | v[at + 40] | v[at + 48] | v[at + 56])
        == 0;
  }

  /** What {@link #line} makes of such a column. */
  private static void fill(int[] v, int column) {
    int value = v[column] << COLUMN_BITS;
    for (int i = column; i < 64; i += 8) {
      v[i] = value;
    }
  }

  /** Transforms eight values in place, and drops as many bits. */
  private static void line(int[] v, int at, int step, int drop) {
    int half = 1 << (drop - 1);
    int x0 = v[at];
    int x1 = v[at + step];
    int x2 = v[at + 2 * step];
    int x3 = v[at + 3 * step];
    int x4 = v[at + 4 * step];
    int x5 = v[at + 5 * step];
    int x6 = v[at + 6 * step];
    int x7 = v[at + 7 * step];
    // Even part: a rotation of 2 and 6, then butterflies with 0 and 4.
    int turn = (x2 + x6) * C_0_541;
    int even2 = turn - x6 * C_1_847;
    int even3 = turn + x2 * C_0_765;
    int sum = ((x0 + x4) << CONSTANT_BITS) + half;
    int difference = ((x0 - x4) << CONSTANT_BITS) + half;
    int even0 = sum + even3;
    int even1 = difference + even2;
    even2 = difference - even2;
    even3 = sum - even3;
    // Odd part: three rotations that share factors.
    int shared = (x7 + x3 + x5 + x1) * C_1_175;
    int a = (x7 + x3) * -C_1_961 + shared;
    int b = (x5 + x1) * -C_0_390 + shared;
    int c = (x7 + x1) * -C_0_899;
    int d = (x5 + x3) * -C_2_562;
    int odd3 = x7 * C_0_298 + c + a;
    int odd2 = x5 * C_2_053 + d + b;
    int odd1 = x3 * C_3_072 + d + a;
    int odd0 = x1 * C_1_501 + c + b;
    v[at] = (even0 + odd0) >> drop;
    v[at + step] = (even1 + odd1) >> drop;
    v[at + 2 * step] = (even2 + odd2) >> drop;
    v[at + 3 * step] = (even3 + odd3) >> drop;
    v[at + 4 * step] = (even3 - odd3) >> drop;
    v[at + 5 * step] = (even2 - odd2) >> drop;
    v[at + 6 * step] = (even1 - odd1) >> drop;
    v[at + 7 * step] = (even0 - odd0) >> drop;
  }
}
