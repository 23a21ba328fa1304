package org.convoy.image.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Blocks that wait until there are enough of them to be transformed together, as {@link
 * JpegTransform} does with each, whatever components they belong to. They lie side by side:
 * coefficient after coefficient, each of all blocks.
 *
 * <p>So the loops go over blocks, and are compiled to vectors; for that each of them writes one or
 * two lines only, and all of its indices differ by constants (JDK 17 compiles nothing else so). The
 * eleven multiplications are multiplied out for it, which whole numbers allow: sums that wrap
 * around come to the same in any order.
 */
final class JpegBatch {
  /** How many blocks are transformed at once. */
  static final int LANES = 256;

  /** From one coefficient to the next; no multiple of the distances at which caches collide. */
  private static final int STEP = LANES + 16;

  /** Of each coefficient in the order of the file, where its lanes begin. */
  static final int[] PLACES = places();

  /** What inputs 1, 3, 5 and 7 give to the odd parts; the others have the same with other signs. */
  private static final int ODD_A =
      JpegTransform.C_1_501 - JpegTransform.C_0_899 - JpegTransform.C_0_390 + JpegTransform.C_1_175;

  private static final int ODD_B = JpegTransform.C_1_175;
  private static final int ODD_C = JpegTransform.C_1_175 - JpegTransform.C_0_390;
  private static final int ODD_D = JpegTransform.C_1_175 - JpegTransform.C_0_899;
  private static final int ODD_E =
      JpegTransform.C_3_072 - JpegTransform.C_2_562 - JpegTransform.C_1_961 + JpegTransform.C_1_175;
  private static final int ODD_F = JpegTransform.C_1_175 - JpegTransform.C_2_562;
  private static final int ODD_G = JpegTransform.C_1_175 - JpegTransform.C_1_961;
  private static final int ODD_H =
      JpegTransform.C_2_053 - JpegTransform.C_2_562 - JpegTransform.C_0_390 + JpegTransform.C_1_175;
  private static final int ODD_I =
      JpegTransform.C_0_298 - JpegTransform.C_0_899 - JpegTransform.C_1_961 + JpegTransform.C_1_175;

  private static final int EVEN_A = JpegTransform.C_0_541 + JpegTransform.C_0_765;
  private static final int EVEN_B = JpegTransform.C_0_541;
  private static final int EVEN_C = JpegTransform.C_0_541 - JpegTransform.C_1_847;
  private static final int ONE = 1 << JpegTransform.CONSTANT_BITS;

  /** Where the lines 0 to 7 of a column or row lie, from the first on. */
  private static final int X1 = 8 * STEP;

  private static final int X2 = 2 * X1;
  private static final int X3 = 3 * X1;
  private static final int X4 = 4 * X1;
  private static final int X5 = 5 * X1;
  private static final int X6 = 6 * X1;
  private static final int X7 = 7 * X1;

  /** Where the even and odd parts lie, behind all coefficients. */
  private static final int E0 = 64 * STEP;

  private static final int E1 = E0 + X1;
  private static final int E2 = E0 + X2;
  private static final int E3 = E0 + X3;
  private static final int O0 = E0 + X4;
  private static final int O1 = E0 + X5;
  private static final int O2 = E0 + X6;
  private static final int O3 = E0 + X7;

  /** With larger coefficients, columns of one coefficient would wrap around. */
  private static final int LARGE = 1 << 17;

  private static final VarHandle EIGHT_SAMPLES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_HALF = 0xffffffffL;
  private static final long EACH_BYTE = 0x0101010101010101L;

  private final int[] columns = new int[128 * STEP];
  private final int[] rows = new int[128 * STEP];
  private final JpegComponent[] components = new JpegComponent[LANES];
  private final int[] targets = new int[LANES];
  private int lane;

  private static int[] places() {
    int[] places = new int[64];
    for (int i = 0; i < places.length; i++) {
      places[i] = JpegTables.ZIGZAG[i] * STEP;
    }
    return places;
  }

  /** Where coefficients are written to, at {@link #PLACES} plus {@link #lane()}; they are 0. */
  int[] coefficients() {
    return columns;
  }

  /** The lane of the next block. */
  int lane() {
    return lane;
  }

  /**
   * Ends a block, whose coefficients, dequantized, were written but for the first.
   *
   * @param direct the first coefficient
   * @param spread all others, negative ones inverted, joined by or; negative if there is none
   */
  void finish(JpegComponent component, int row, int column, int direct, int spread) {
    int stride = component.stride();
    int target = row * 8 * stride + column * 8;
    if (spread < 0) {
      fill(direct, component.samples, target, stride);
    } else if ((spread | (direct ^ (direct >> 31))) >= LARGE) {
      columns[lane] = direct;
      finishAlone(component.samples, target, stride);
    } else {
      columns[lane] = direct;
      components[lane] = component;
      targets[lane] = target;
      if (++lane == LANES) {
        flush();
      }
    }
  }

  /** A block of one coefficient. */
  private static void fill(int direct, byte[] samples, int target, int stride) {
    int value =
        ((direct << (JpegTransform.CONSTANT_BITS + JpegTransform.COLUMN_BITS))
                + (1 << (JpegTransform.ROW_DROP - 1)))
            >> JpegTransform.ROW_DROP;
    long eight = JpegTransform.sample(value) * EACH_BYTE;
    for (int i = 0; i < 8; i++) {
      EIGHT_SAMPLES.set(samples, target + i * stride, eight);
    }
  }

  /** A block of coefficients that only a damaged file has. */
  private void finishAlone(byte[] samples, int target, int stride) {
    int[] block = new int[64];
    for (int i = 0; i < 64; i++) {
      block[i] = columns[i * STEP + lane];
      columns[i * STEP + lane] = 0;
    }
    JpegTransform.inverse(block, samples, target, stride);
  }

  /** Forgets what an earlier file has left. */
  void clear() {
    int end = Math.min(lane + 1, LANES);
    for (int i = 0; i < 64; i++) {
      Arrays.fill(columns, i * STEP, i * STEP + end, 0);
    }
    Arrays.fill(components, null);
    lane = 0;
  }

  /** Writes the samples of all blocks that were ended, and forgets one that was not. */
  void flush() {
    int end = Math.min((lane + 31) & -32, LANES);
    for (int column = 0; column < 8; column++) {
      lines(columns, column * STEP, end, JpegTransform.COLUMN_DROP);
    }
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        System.arraycopy(columns, (row * 8 + column) * STEP, rows, (column * 8 + row) * STEP, end);
      }
    }
    for (int row = 0; row < 8; row++) {
      lines(rows, row * STEP, end, JpegTransform.ROW_DROP);
      pack(rows, row * STEP, end);
      packMore(rows, row * STEP, end);
    }
    for (int i = 0; i < lane; i++) {
      write(i);
    }
    clear();
  }

  private void write(int from) {
    byte[] samples = components[from].samples;
    int stride = components[from].stride();
    int target = targets[from];
    for (int i = from; i < from + 8 * STEP; i += STEP, target += stride) {
      EIGHT_SAMPLES.set(samples, target, (long) rows[i + X4] << 32 | (rows[i] & LOW_HALF));
    }
  }

  /**
   * Transforms a line of each block in place.
   *
   * @param at where the first values of all blocks begin
   * @param count how many blocks there are
   * @param drop how many bits are dropped
   */
  private static void lines(int[] v, int at, int count, int drop) {
    int end = at + count;
    int round = 1 << (drop - 1);
    odd0(v, at, end);
    odd1(v, at, end);
    odd2(v, at, end);
    odd3(v, at, end);
    even0(v, at, end, round);
    even1(v, at, end, round);
    even2(v, at, end, round);
    even3(v, at, end, round);
    join0(v, at, end, drop);
    join1(v, at, end, drop);
    join2(v, at, end, drop);
    join3(v, at, end, drop);
  }

  private static void odd0(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + O0] = v[i + X1] * ODD_A + v[i + X3] * ODD_B + v[i + X5] * ODD_C + v[i + X7] * ODD_D;
    }
  }

  private static void odd1(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + O1] = v[i + X1] * ODD_B + v[i + X3] * ODD_E + v[i + X5] * ODD_F + v[i + X7] * ODD_G;
    }
  }

  private static void odd2(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + O2] = v[i + X1] * ODD_C + v[i + X3] * ODD_F + v[i + X5] * ODD_H + v[i + X7] * ODD_B;
    }
  }

  private static void odd3(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + O3] = v[i + X1] * ODD_D + v[i + X3] * ODD_G + v[i + X5] * ODD_B + v[i + X7] * ODD_I;
    }
  }

  private static void even0(int[] v, int from, int to, int round) {
    for (int i = from; i < to; i++) {
      v[i + E0] = (v[i] + v[i + X4]) * ONE + round + v[i + X2] * EVEN_A + v[i + X6] * EVEN_B;
    }
  }

  private static void even1(int[] v, int from, int to, int round) {
    for (int i = from; i < to; i++) {
      v[i + E1] = v[i] * ONE - v[i + X4] * ONE + round + v[i + X2] * EVEN_B + v[i + X6] * EVEN_C;
    }
  }

  private static void even2(int[] v, int from, int to, int round) {
    for (int i = from; i < to; i++) {
      v[i + E2] = v[i] * ONE - v[i + X4] * ONE + round - v[i + X2] * EVEN_B - v[i + X6] * EVEN_C;
    }
  }

  private static void even3(int[] v, int from, int to, int round) {
    for (int i = from; i < to; i++) {
      v[i + E3] = (v[i] + v[i + X4]) * ONE + round - v[i + X2] * EVEN_A - v[i + X6] * EVEN_B;
    }
  }

  private static void join0(int[] v, int from, int to, int drop) {
    for (int i = from; i < to; i++) {
      int even = v[i + E0];
      int odd = v[i + O0];
      v[i] = (even + odd) >> drop;
      v[i + X7] = (even - odd) >> drop;
    }
  }

  private static void join1(int[] v, int from, int to, int drop) {
    for (int i = from; i < to; i++) {
      int even = v[i + E1];
      int odd = v[i + O1];
      v[i + X1] = (even + odd) >> drop;
      v[i + X6] = (even - odd) >> drop;
    }
  }

  private static void join2(int[] v, int from, int to, int drop) {
    for (int i = from; i < to; i++) {
      int even = v[i + E2];
      int odd = v[i + O2];
      v[i + X2] = (even + odd) >> drop;
      v[i + X5] = (even - odd) >> drop;
    }
  }

  private static void join3(int[] v, int from, int to, int drop) {
    for (int i = from; i < to; i++) {
      int even = v[i + E3];
      int odd = v[i + O3];
      v[i + X3] = (even + odd) >> drop;
      v[i + X4] = (even - odd) >> drop;
    }
  }

  /** Joins the first four samples of a row, in 0..255, the first being the lowest byte. */
  private static void pack(int[] v, int from, int count) {
    for (int i = from; i < from + count; i++) {
      v[i] = limit(v[i]) | limit(v[i + X1]) << 8 | limit(v[i + X2]) << 16 | limit(v[i + X3]) << 24;
    }
  }

  /** The same of the last four. */
  private static void packMore(int[] v, int from, int count) {
    for (int i = from; i < from + count; i++) {
      v[i + X4] =
          limit(v[i + X4])
              | limit(v[i + X5]) << 8
              | limit(v[i + X6]) << 16
              | limit(v[i + X7]) << 24;
    }
  }

  /** As {@link JpegTransform#sample}, by operations that vectors have. */
  private static int limit(int value) {
    int above = 127 - value;
    int atMost = above & ~(above >> 31);
    int sample = 255 - atMost;
    return sample & ~(sample >> 31);
  }
}
