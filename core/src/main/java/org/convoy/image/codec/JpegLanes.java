package org.convoy.image.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * YCbCr to red, green and blue, many pixels at once. A lane is eight pixels of a row, in two whole
 * numbers of four bytes, the first pixel being the lowest; lanes of several rows stand side by
 * side, with one before and one behind each row for what lies beyond its ends.
 *
 * <p>As in {@link JpegBatch}, loops write one value each, and their indices differ by constants, so
 * that they are compiled to vectors.
 */
final class JpegLanes {
  /** How many lanes there are. */
  private static final int LANES = 1024;

  private static final int STEP = LANES + 16;

  /** Where the parts of a lane's first half lie; those of the second lie {@link #HALF} further. */
  private static final int LUMA = 0;

  private static final int BLUE = STEP;
  private static final int RED = 2 * STEP;
  private static final int GREEN = 3 * STEP;

  /** The first two pixels, while the last two are still to come. */
  private static final int BEGUN = 4 * STEP;

  private static final int HALF = 5 * STEP;

  /** Samples of half the resolution, four to a lane: a row of them, and the row beyond it. */
  private static final int NEAR = 10 * STEP;

  private static final int FAR = 11 * STEP;

  /** Sums of both, each in 16 bits: of samples 0 and 2, and of samples 1 and 3. */
  private static final int EVEN = 12 * STEP;

  private static final int ODD = 13 * STEP;

  /** The same of the lanes behind, and of those before. */
  private static final int NEXT_EVEN = 14 * STEP;

  private static final int LAST_ODD = 15 * STEP;

  private static final VarHandle FOUR =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_HALF = 0xffffffffL;
  private static final int EACH_BYTE = 0x01010101;
  private static final int EACH_PAIR = 0x00010001;
  private static final int BYTE_OF_PAIR = 0x00ff00ff;

  /** Factors of the differences of color from 128, in 16 bits after the point. */
  private static final int RED_BY_RED = 91881;

  private static final int GREEN_BY_BLUE = -22554;
  private static final int GREEN_BY_RED = -46802;
  private static final int BLUE_BY_BLUE = 116130;

  private static final int ROUND = 1 << 15;
  private static final int RED_BIAS = ROUND - 128 * RED_BY_RED;
  private static final int GREEN_BIAS = ROUND - 128 * (GREEN_BY_BLUE + GREEN_BY_RED);
  private static final int BLUE_BIAS = ROUND - 128 * BLUE_BY_BLUE;

  private final int[] v = new int[16 * STEP];

  /** Lanes of a row of this many pixels, without those at its ends. */
  static int lanes(int width) {
    return (width + 7) / 8;
  }

  /** How many rows of so many pixels there is room for; 0 if they are too long. */
  static int rows(int width) {
    return LANES / (lanes(width) + 2);
  }

  /** A component of YCbCr. */
  enum Part {
    LUMA(JpegLanes.LUMA),
    BLUE(JpegLanes.BLUE),
    RED(JpegLanes.RED);

    private final int place;

    Part(int place) {
      this.place = place;
    }
  }

  /** Takes over a row of samples of the picture's resolution. */
  void load(Part part, int row, byte[] samples, int from, int width) {
    int lanes = lanes(width);
    int to = part.place + row * (lanes + 2) + 1;
    for (int i = 0; i < lanes; i++) {
      long eight = (long) EIGHT.get(samples, from + 8 * i);
      v[to + i] = (int) eight;
      v[to + i + HALF] = (int) (eight >>> 32);
    }
  }

  /**
   * Takes over a row of samples of half the resolution.
   *
   * @param near where the row begins that is nearer to the row of the picture
   * @param far where the one beyond begins; the same if the resolution is half on one axis only
   * @param count how many samples there are
   * @param width of the picture
   */
  void loadHalf(int row, byte[] samples, int near, int far, int count, int width) {
    int lanes = lanes(width);
    int to = row * (lanes + 2);
    loadFours(NEAR + to, samples, near, count, lanes);
    loadFours(FAR + to, samples, far, count, lanes);
  }

  /** Beyond its ends a row goes on with its first and its last sample. */
  private void loadFours(int to, byte[] samples, int from, int count, int lanes) {
    for (int i = 0; i < lanes; i++) {
      v[to + 1 + i] = (int) FOUR.get(samples, from + 4 * i);
    }
    v[to] = (samples[from] & 0xff) * EACH_BYTE;
    int last = (samples[from + count - 1] & 0xff) * EACH_BYTE;
    int lane = to + 1 + (count - 1) / 4;
    int beyond = (int) (-1L << (8 * ((count - 1) % 4 + 1)));
    v[lane] = (v[lane] & ~beyond) | (last & beyond);
    v[lane + 1] = last;
  }

  /**
   * Interpolates what was loaded of half the resolution: a pixel between two samples counts the
   * nearer one three times.
   *
   * @param both whether the resolution is half on both axes, which changes the rounding
   */
  void widen(Part part, int rows, int width, boolean both) {
    int end = rows * (lanes(width) + 2);
    evenSums(v, 0, end);
    oddSums(v, 0, end);
    System.arraycopy(v, EVEN + 1, v, NEXT_EVEN, end - 1);
    System.arraycopy(v, ODD, v, LAST_ODD + 1, end - 1);
    int left = (both ? 8 : 4) * EACH_PAIR;
    int right = (both ? 7 : 8) * EACH_PAIR;
    // Each takes the place of a row of samples: pixels 0, 1, 4 and 5, and pixels 2, 3, 6 and 7.
    widenEven(v, 1, end - 1, left, right);
    widenOdd(v, 1, end - 1, left, right);
    if (part == Part.BLUE) {
      firstBlue(v, 1, end - 1);
      secondBlue(v, 1, end - 1);
    } else {
      firstRed(v, 1, end - 1);
      secondRed(v, 1, end - 1);
    }
  }

  private static void evenSums(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + EVEN] = (v[i + NEAR] & BYTE_OF_PAIR) * 3 + (v[i + FAR] & BYTE_OF_PAIR);
    }
  }

  private static void oddSums(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + ODD] = (v[i + NEAR] >>> 8 & BYTE_OF_PAIR) * 3 + (v[i + FAR] >>> 8 & BYTE_OF_PAIR);
    }
  }

  private static void widenEven(int[] v, int from, int to, int left, int right) {
    for (int i = from; i < to; i++) {
      int sums = v[i + EVEN] * 3;
      int before = v[i + ODD] << 16 | v[i + LAST_ODD] >>> 16;
      v[i + NEAR] =
          ((sums + before + left) >>> 4 & BYTE_OF_PAIR)
              | ((sums + v[i + ODD] + right) >>> 4 & BYTE_OF_PAIR) << 8;
    }
  }

  private static void widenOdd(int[] v, int from, int to, int left, int right) {
    for (int i = from; i < to; i++) {
      int sums = v[i + ODD] * 3;
      int behind = v[i + EVEN] >>> 16 | v[i + NEXT_EVEN] << 16;
      v[i + FAR] =
          ((sums + v[i + EVEN] + left) >>> 4 & BYTE_OF_PAIR)
              | ((sums + behind + right) >>> 4 & BYTE_OF_PAIR) << 8;
    }
  }

  private static void firstBlue(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + BLUE] = (v[i + NEAR] & 0xffff) | v[i + FAR] << 16;
    }
  }

  private static void secondBlue(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + BLUE + HALF] = v[i + NEAR] >>> 16 | (v[i + FAR] & 0xffff0000);
    }
  }

  private static void firstRed(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + RED] = (v[i + NEAR] & 0xffff) | v[i + FAR] << 16;
    }
  }

  private static void secondRed(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i + RED + HALF] = v[i + NEAR] >>> 16 | (v[i + FAR] & 0xffff0000);
    }
  }

  /** Converts what was loaded; red and blue take the places of their differences. */
  void convert(int rows, int width) {
    int end = rows * (lanes(width) + 2);
    for (int half = 0; half <= HALF; half += HALF) {
      Arrays.fill(v, half + GREEN, half + GREEN + end, 0);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        addGreen(v, half, half + end, shift);
      }
      beginRed(v, half, half + end);
      endRed(v, half, half + end);
      beginBlue(v, half, half + end);
      endBlue(v, half, half + end);
    }
  }

  /** One of the four pixels; the loop over more of them is not compiled to vectors. */
  private static void addGreen(int[] v, int from, int to, int shift) {
    for (int i = from; i < to; i++) {
      int luma = v[i + LUMA] >>> shift & 0xff;
      int blue = v[i + BLUE] >>> shift & 0xff;
      int red = v[i + RED] >>> shift & 0xff;
      v[i + GREEN] |= green(luma, blue, red) << shift;
    }
  }

  private static void beginRed(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      int luma = v[i + LUMA];
      int red = v[i + RED];
      v[i + BEGUN] = red(luma & 0xff, red & 0xff) | red(luma >>> 8 & 0xff, red >>> 8 & 0xff) << 8;
    }
  }

  private static void endRed(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      int luma = v[i + LUMA];
      int red = v[i + RED];
      v[i + RED] =
          v[i + BEGUN]
              | red(luma >>> 16 & 0xff, red >>> 16 & 0xff) << 16
              | red(luma >>> 24, red >>> 24) << 24;
    }
  }

  private static void beginBlue(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      int luma = v[i + LUMA];
      int blue = v[i + BLUE];
      v[i + BEGUN] =
          blue(luma & 0xff, blue & 0xff) | blue(luma >>> 8 & 0xff, blue >>> 8 & 0xff) << 8;
    }
  }

  private static void endBlue(int[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      int luma = v[i + LUMA];
      int blue = v[i + BLUE];
      v[i + BLUE] =
          v[i + BEGUN]
              | blue(luma >>> 16 & 0xff, blue >>> 16 & 0xff) << 16
              | blue(luma >>> 24, blue >>> 24) << 24;
    }
  }

  private static int red(int luma, int red) {
    return limit(luma + ((RED_BY_RED * red + RED_BIAS) >> 16));
  }

  private static int green(int luma, int blue, int red) {
    return limit(luma + ((GREEN_BY_BLUE * blue + GREEN_BY_RED * red + GREEN_BIAS) >> 16));
  }

  private static int blue(int luma, int blue) {
    return limit(luma + ((BLUE_BY_BLUE * blue + BLUE_BIAS) >> 16));
  }

  /** To 0..255, by operations that vectors have. */
  private static int limit(int value) {
    int above = 255 - value;
    int atMost = 255 - (above & ~(above >> 31));
    return atMost & ~(atMost >> 31);
  }

  /** Writes a row of pixels, from this index on. */
  void store(int row, int width, PixelPlanes planes, int target) {
    int plane = planes.height() * planes.width();
    int from = row * (lanes(width) + 2) + 1;
    store(from + RED, width, planes.pixels(), target);
    store(from + GREEN, width, planes.pixels(), target + plane);
    store(from + BLUE, width, planes.pixels(), target + 2 * plane);
  }

  private void store(int from, int width, byte[] pixels, int target) {
    int whole = width / 8;
    for (int i = 0; i < whole; i++) {
      EIGHT.set(pixels, target + 8 * i, eight(from + i));
    }
    long last = eight(from + whole);
    for (int x = 8 * whole; x < width; x++, last >>>= 8) {
      pixels[target + x] = (byte) last;
    }
  }

  private long eight(int lane) {
    return (long) v[lane + HALF] << 32 | (v[lane] & LOW_HALF);
  }
}
