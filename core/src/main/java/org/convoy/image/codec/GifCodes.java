package org.convoy.image.codec;

/**
 * The variable-length codes of a GIF frame (Welch, "A technique for high-performance data
 * compression", Computer 17(6), 1984), in blocks of at most 255 bytes.
 */
final class GifCodes {
  private static final int MAXIMUM_BITS = 12;
  private static final int NONE = -1;

  private final byte[] file;
  private final int minimumBits;
  private final int clear;
  private int position;
  private int left;
  private int bits;
  private int bitCount;
  private int codeBits;

  /** Of each code: the code of all but its last pixel, its first and last pixel, its length. */
  private final short[] prefix = new short[1 << MAXIMUM_BITS];

  private final byte[] first = new byte[1 << MAXIMUM_BITS];
  private final byte[] last = new byte[1 << MAXIMUM_BITS];
  private final short[] length = new short[1 << MAXIMUM_BITS];

  /**
   * @param position of the first block
   * @param minimumBits of a pixel, 1 to 8
   */
  GifCodes(byte[] file, int position, int minimumBits) {
    this.file = file;
    this.position = position;
    this.minimumBits = minimumBits;
    this.clear = 1 << minimumBits;
    for (int i = 0; i < clear; i++) {
      first[i] = (byte) i;
      last[i] = (byte) i;
      length[i] = 1;
    }
  }

  /** Unpacks until the array is full or the codes end or make no sense; returns how many came. */
  int unpack(byte[] indexes) {
    int filled = 0;
    int next = clear + 2;
    int previous = NONE;
    codeBits = minimumBits + 1;
    while (filled < indexes.length) {
      int code = readCode();
      if (code == clear) {
        next = clear + 2;
        previous = NONE;
        codeBits = minimumBits + 1;
        continue;
      }
      if (code == NONE || code == clear + 1 || code > next || (code == next && previous == NONE)) {
        return filled;
      }
      if (previous != NONE && next < 1 << MAXIMUM_BITS) {
        prefix[next] = (short) previous;
        length[next] = (short) (length[previous] + 1);
        first[next] = first[previous];
        last[next] = first[code == next ? previous : code];
        next++;
        if (next == 1 << codeBits && codeBits < MAXIMUM_BITS) {
          codeBits++;
        }
      } else if (code >= next) {
        return filled;
      }
      filled = write(code, indexes, filled);
      previous = code;
    }
    return filled;
  }

  /** Writes the pixels of a code, last to first, as far as there is room. */
  private int write(int code, byte[] indexes, int filled) {
    int at = code;
    for (int i = filled + length[code] - 1; i >= filled; i--) {
      if (i < indexes.length) {
        indexes[i] = last[at];
      }
      at = prefix[at];
    }
    return Math.min(indexes.length, filled + length[code]);
  }

  private int readCode() {
    while (bitCount < codeBits) {
      if (left == 0) {
        left = position < file.length ? file[position++] & 0xff : 0;
      }
      if (left == 0 || position >= file.length) {
        return NONE;
      }
      bits |= (file[position++] & 0xff) << bitCount;
      bitCount += 8;
      left--;
    }
    int code = bits & ((1 << codeBits) - 1);
    bits >>>= codeBits;
    bitCount -= codeBits;
    return code;
  }
}
