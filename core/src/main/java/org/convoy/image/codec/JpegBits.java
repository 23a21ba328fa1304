package org.convoy.image.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a scan's data (ITU-T T.81, F.2.2.5): a byte 0xff is followed by a 0 that is dropped,
 * or by a marker, which ends the data or one of its intervals. Beyond the end there are zeros; that
 * they were used is noticed later.
 *
 * <p>Who reads many values keeps {@link #buffer}, {@link #count} and {@link #position} in variables
 * of its own meanwhile.
 */
final class JpegBits {
  /** So many bits hold any code and the value behind it. */
  static final int ENOUGH = 32;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int RESTART = 0xd0;

  final byte[] data;

  /** Where the next byte stands that is not in the buffer. */
  int position;

  /** The next bits, from the highest one on; below them are zeros or parts of the next byte. */
  long buffer;

  /** How many bits the buffer holds. */
  int count;

  private final int end;
  private int padding;

  JpegBits(byte[] data, int from, int end) {
    this.data = data;
    this.position = from;
    this.end = end;
  }

  /** The next bits, which stay; at most 16. */
  int peek(int length) {
    if (count < length) {
      fill();
    }
    return (int) (buffer >>> 1 >>> (63 - length));
  }

  /** Drops bits that were seen by {@link #peek}. */
  void skip(int length) {
    buffer <<= length;
    count -= length;
  }

  /** The next bits as a number; at most 16. */
  int read(int length) {
    int value = peek(length);
    skip(length);
    return value;
  }

  /** A number by its category. */
  int readSigned(int category) {
    return category == 0 ? 0 : signed(read(category), category);
  }

  /** The number that these bits mean: the lower half of all patterns is negative (F.2.2.1). */
  static int signed(int value, int category) {
    return value + (((value >> (category - 1)) - 1) & ((-1 << category) + 1));
  }

  /** The last position of which eight bytes can be read at once. */
  int lastOfEight() {
    return end - Long.BYTES;
  }

  static long eightBytes(byte[] data, int position) {
    return (long) EIGHT_BYTES.get(data, position);
  }

  /** Whether none of eight bytes is 0xff. */
  static boolean isPlain(long bytes) {
    return ((~bytes - LOW_BITS) & bytes & HIGH_BITS) == 0;
  }

  /** Fills the buffer up, to 56 bits or more. */
  void fill() {
    if (position <= end - Long.BYTES) {
      long next = eightBytes(data, position);
      if (isPlain(next)) {
        buffer |= next >>> count;
        position += (63 - count) >> 3;
        count |= 56;
        return;
      }
    }
    while (count <= 56) {
      int value = 0;
      if (position < end && data[position] != (byte) 0xff) {
        value = data[position++] & 0xff;
      } else if (position + 1 < end && data[position + 1] == 0) {
        value = 0xff;
        position += 2;
      } else {
        padding += 8;
      }
      buffer |= (long) value << (56 - count);
      count += 8;
    }
  }

  /**
   * Goes on after the restart marker with this number.
   *
   * @throws RejectedException if it does not come next
   */
  void restart(int number) throws RejectedException {
    check();
    while (position + 1 < end
        && data[position] == (byte) 0xff
        && data[position + 1] == (byte) 0xff) {
      position++;
    }
    boolean found =
        count - padding < 8
            && position + 1 < end
            && data[position] == (byte) 0xff
            && (data[position + 1] & 0xff) == RESTART + (number & 7);
    if (!found) {
      throw new RejectedException("JPEG file is damaged: restart marker " + number + " is missing");
    }
    position += 2;
    buffer = 0;
    count = 0;
    padding = 0;
  }

  /**
   * Checks that the data ends here. Bytes of one value may follow, which some writers fill up with.
   */
  void finish() throws RejectedException {
    check();
    int from = unread();
    while (from + 1 < end && data[from] == (byte) 0xff && (data[from + 1] & 0xf8) == RESTART) {
      from += 2;
    }
    for (int i = from; i < end; i++) {
      if (data[i] != data[from]) {
        throw new RejectedException(
            "JPEG file is damaged: " + (end - from) + " bytes are left after a scan");
      }
    }
  }

  /** Where the first byte stands of which no bit was used. */
  private int unread() {
    int from = position;
    for (int bytes = Math.max(0, count - padding) / 8; bytes > 0; bytes--) {
      boolean stuffed = data[from - 1] == 0 && data[from - 2] == (byte) 0xff;
      from -= stuffed ? 2 : 1;
    }
    return from;
  }

  /** Checks that no bits were used that are not there. */
  void check() throws TruncatedException {
    if (count < padding) {
      throw new TruncatedException("JPEG file is truncated: a scan ends before the picture does");
    }
  }
}
