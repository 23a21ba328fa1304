package org.convoy.spark.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * Floats as blocks of little-endian bytes: four each, or two where all of them have nothing in
 * their lower halves, as sums rounded to bfloat16 have. So what was rounded travels at half the
 * size, whoever sends it, and nothing is lost.
 */
final class FloatBlocks {
  private static final int BLOCK = 1 << 14;
  private static final int LOWER_HALF = 0xFFFF;

  private FloatBlocks() {}

  /** Takes the first bytes of an array. */
  @FunctionalInterface
  interface Sink<E extends Exception> {
    void write(byte[] bytes, int offset, int length) throws E;
  }

  /** Fills the first bytes of an array. */
  @FunctionalInterface
  interface Source<E extends Exception> {
    void read(byte[] bytes, int offset, int length) throws E;
  }

  /** Bytes that each value of a range needs: 4, or 2. */
  static int width(float[] values, int from, int to) {
    for (int start = from; start < to; start += BLOCK) {
      int seen = 0;
      int end = Math.min(to, start + BLOCK);
      for (int i = start; i < end; i++) {
        seen |= Float.floatToRawIntBits(values[i]);
      }
      if ((seen & LOWER_HALF) != 0) {
        return Float.BYTES;
      }
    }
    return Short.BYTES;
  }

  /**
   * @param width that {@link #width} gave for the same range
   */
  static <E extends Exception> void write(float[] values, int from, int to, int width, Sink<E> sink)
      throws E {
    byte[] bytes = new byte[Math.min(to - from, BLOCK) * width];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = from; start < to; start += BLOCK) {
      int count = Math.min(BLOCK, to - start);
      if (width == Float.BYTES) {
        buffer.asFloatBuffer().put(values, start, count);
      } else {
        ShortBuffer halves = buffer.asShortBuffer();
        for (int i = 0; i < count; i++) {
          halves.put(i, (short) (Float.floatToRawIntBits(values[start + i]) >>> Short.SIZE));
        }
      }
      sink.write(bytes, 0, count * width);
    }
  }

  /**
   * @param count number of values, of which {@code width} bytes each are read
   * @throws IllegalArgumentException if the width is neither 2 nor 4
   */
  static <E extends Exception> float[] read(int count, int width, Source<E> source) throws E {
    if (width != Float.BYTES && width != Short.BYTES) {
      throw new IllegalArgumentException("expected floats of 2 or 4 bytes, got " + width);
    }
    float[] values = new float[count];
    byte[] bytes = new byte[Math.min(count, BLOCK) * width];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < count; start += BLOCK) {
      int block = Math.min(BLOCK, count - start);
      source.read(bytes, 0, block * width);
      if (width == Float.BYTES) {
        buffer.asFloatBuffer().get(values, start, block);
      } else {
        ShortBuffer halves = buffer.asShortBuffer();
        for (int i = 0; i < block; i++) {
          values[start + i] = Float.intBitsToFloat(halves.get(i) << Short.SIZE);
        }
      }
    }
    return values;
  }
}
