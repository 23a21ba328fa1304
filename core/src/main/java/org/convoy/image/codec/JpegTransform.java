package org.convoy.image.codec;

/**
 * The inverse discrete cosine transform of 8x8 coefficients, by eleven multiplications a line
 * (Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications",
 * ICASSP 1989, figure 1 backwards), in whole numbers: constants of 13 bits after the point, two
 * more bits between columns and rows, rounding where they are dropped. This is the arithmetic that
 * the common decoders use, so that pixels agree with theirs.
 *
 * <p>This is the plain form, for one block; {@link JpegBatch} gives the same for many.
 */
final class JpegTransform {
  static final int CONSTANT_BITS = 13;
  static final int COLUMN_BITS = 2;

  /** How many bits are dropped after columns, and after rows. */
  static final int COLUMN_DROP = CONSTANT_BITS - COLUMN_BITS;

  static final int ROW_DROP = CONSTANT_BITS + COLUMN_BITS + 3;

  /** The paper's constants times sqrt(2): sums and differences of cosines of k pi / 16. */
  static final int C_0_298 = 2446;

  static final int C_0_390 = 3196;
  static final int C_0_541 = 4433;
  static final int C_0_765 = 6270;
  static final int C_0_899 = 7373;
  static final int C_1_175 = 9633;
  static final int C_1_501 = 12299;
  static final int C_1_847 = 15137;
  static final int C_1_961 = 16069;
  static final int C_2_053 = 16819;
  static final int C_2_562 = 20995;
  static final int C_3_072 = 25172;

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
        line(block, column, 8, COLUMN_DROP);
      }
    }
    for (int row = 0; row < 8; row++) {
      line(block, row * 8, 1, ROW_DROP);
      int to = offset + row * stride;
      for (int i = 0; i < 8; i++) {
        samples[to + i] = (byte) sample(block[row * 8 + i]);
      }
    }
  }

  /** What a result of the transform means. */
  static int sample(int value) {
    return Math.min(Math.max(value + 128, 0), 255);
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

  /**
   * Transforms eight values in place, and drops as many bits; in two parts, to be compiled inline.
   */
  private static void line(int[] v, int at, int step, int drop) {
    odd(v, at, step);
    even(v, at, step, drop);
  }

  /** Three rotations that share factors; the results take the places of the values. */
  private static void odd(int[] v, int at, int step) {
    int x1 = v[at + step];
    int x3 = v[at + 3 * step];
    int x5 = v[at + 5 * step];
    int x7 = v[at + 7 * step];
    int shared = (x7 + x3 + x5 + x1) * C_1_175;
    int a = (x7 + x3) * -C_1_961 + shared;
    int b = (x5 + x1) * -C_0_390 + shared;
    int c = (x7 + x1) * -C_0_899;
    int d = (x5 + x3) * -C_2_562;
    v[at + step] = x1 * C_1_501 + c + b;
    v[at + 3 * step] = x3 * C_3_072 + d + a;
    v[at + 5 * step] = x5 * C_2_053 + d + b;
    v[at + 7 * step] = x7 * C_0_298 + c + a;
  }

  /** A rotation of 2 and 6, butterflies with 0 and 4, and then with the results of the odd part. */
  private static void even(int[] v, int at, int step, int drop) {
    int x2 = v[at + 2 * step];
    int x6 = v[at + 6 * step];
    int turn = (x2 + x6) * C_0_541;
    int low = turn - x6 * C_1_847;
    int high = turn + x2 * C_0_765;
    int sum = ((v[at] + v[at + 4 * step]) << CONSTANT_BITS) + (1 << (drop - 1));
    int difference = ((v[at] - v[at + 4 * step]) << CONSTANT_BITS) + (1 << (drop - 1));
    int odd0 = v[at + step];
    int odd1 = v[at + 3 * step];
    int odd2 = v[at + 5 * step];
    int odd3 = v[at + 7 * step];
    v[at] = (sum + high + odd0) >> drop;
    v[at + step] = (difference + low + odd1) >> drop;
    v[at + 2 * step] = (difference - low + odd2) >> drop;
    v[at + 3 * step] = (sum - high + odd3) >> drop;
    v[at + 4 * step] = (sum - high - odd3) >> drop;
    v[at + 5 * step] = (difference - low - odd2) >> drop;
    v[at + 6 * step] = (difference + low - odd1) >> drop;
    v[at + 7 * step] = (sum + high - odd0) >> drop;
  }
}
