package org.convoy.image.codec;

/**
 * The bits of a scan's data (ITU-T T.81, F.2.2.5): a byte 0xff is followed by a 0 that is dropped,
 * or by a marker, which ends the data or one of its intervals. Beyond the end there are zeros; that
 * they were used is noticed later.
 */
final class JpegBits {
  private static final int RESTART = 0xd0;

  private final byte[] data;
  private final int end;
  private int position;
  private long bits;
  private int count;
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
    return (int) (bits >>> (count - length)) & ((1 << length) - 1);
  }

  /** Drops bits that were seen by {@link #peek}. */
  void skip(int length) {
    count -= length;
  }

  /** The next bits as a number; at most 16. */
  int read(int length) {
    int value = peek(length);
    count -= length;
    return value;
  }

  /**
   * A number by its category (ITU-T T.81, F.2.2.1): the lower half of all bit patterns is negative.
   */
  int readSigned(int category) {
    if (category == 0) {
      return 0;
    }
    int value = read(category);
    return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
  }

  private void fill() {
    while (count <= 48) {
      int value = 0;
      if (position < end && data[position] != (byte) 0xff) {
        value = data[position++] & 0xff;
      } else if (position + 1 < end && data[position + 1] == 0) {
        value = 0xff;
        position += 2;
      } else {
        padding += 8;
      }
      bits = bits << 8 | value;
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
    bits = 0;
    count = 0;
    padding = 0;
  }

  /**
   * Checks that the data ends here. Bytes of one value may follow, which some writers fill up with.
   */
  void finish() throws RejectedException {
    check();
    int from = position - Math.max(0, count - padding) / 8;
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

  /** Checks that no bits were used that are not there. */
  void check() throws TruncatedException {
    if (count < padding) {
      throw new TruncatedException("JPEG file is truncated: a scan ends before the picture does");
    }
  }
}
