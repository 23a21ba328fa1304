package org.convoy.image.codec;

import java.util.Arrays;

/**
 * A Huffman table (ITU-T T.81, annex C and F.2.2.3). The lower four bits of each symbol tell how
 * many bits of a value follow its code.
 */
final class JpegHuffman {
  /** How many of the next bits {@link #lookup} looks at. */
  static final int LOOKUP_BITS = 11;

  private static final int MAXIMUM_LENGTH = 16;

  /** The 16 counts of codes of each length, and the symbols. */
  private final byte[] definition;

  /** What {@link #entry} finds by the next bits; 0 where they begin a longer code. */
  private final int[] lookup = new int[1 << LOOKUP_BITS];

  /**
   * Of each length, the code after the last, and what to add to a code to get its symbol's index.
   */
  private final int[] limit = new int[MAXIMUM_LENGTH + 1];

  private final int[] offset = new int[MAXIMUM_LENGTH + 1];

  /**
   * @param file where the table stands
   * @param from index of the 16 counts of codes of each length, which the symbols follow
   * @param symbolCount the sum of the counts
   */
  JpegHuffman(byte[] file, int from, int symbolCount) throws RejectedException {
    definition = Arrays.copyOfRange(file, from, from + MAXIMUM_LENGTH + symbolCount);
    int code = 0;
    int index = MAXIMUM_LENGTH;
    for (int length = 1; length <= MAXIMUM_LENGTH; length++) {
      int count = definition[length - 1] & 0xff;
      offset[length] = index - code;
      if (code + count > 1 << length) {
        throw new RejectedException("JPEG file is damaged: impossible Huffman table");
      }
      for (int i = 0; i < count && length <= LOOKUP_BITS; i++) {
        add(code + i, length, definition[index + i] & 0xff);
      }
      code += count;
      index += count;
      limit[length] = code;
      code <<= 1;
    }
  }

  private void add(int code, int length, int symbol) {
    int left = LOOKUP_BITS - length;
    int first = code << left;
    int category = symbol & 15;
    int entry = symbol << 8 | length;
    if (category == 0 || category > left) {
      Arrays.fill(lookup, first, first + (1 << left), entry);
      return;
    }
    int each = 1 << (left - category);
    for (int bits = 0; bits < 1 << category; bits++, first += each) {
      int value = JpegBits.signed(bits, category);
      Arrays.fill(lookup, first, first + each, value << 16 | (entry + category));
    }
  }

  /** Whether a table is defined by the same bytes. */
  boolean isDefinedBy(byte[] file, int from, int symbolCount) {
    int to = from + MAXIMUM_LENGTH + symbolCount;
    return Arrays.equals(definition, 0, definition.length, file, from, to);
  }

  /** The table by the next {@link #LOOKUP_BITS} bits: what {@link #entry} tells, or 0. */
  int[] lookup() {
    return lookup;
  }

  /**
   * What the next bits begin with, as {@code value << 16 | symbol << 8 | length}: with a value that
   * is not 0 the length is of code and value together, else of the code alone.
   *
   * @param buffer the next bits, from the highest one on; at least 32
   * @return 0 if there is no such code
   */
  int entry(long buffer) {
    int entry = lookup[(int) (buffer >>> (Long.SIZE - LOOKUP_BITS))];
    return entry != 0 ? entry : longEntry((int) (buffer >>> (Long.SIZE - MAXIMUM_LENGTH)));
  }

  private int longEntry(int next) {
    for (int length = LOOKUP_BITS + 1; length <= MAXIMUM_LENGTH; length++) {
      int code = next >> (MAXIMUM_LENGTH - length);
      if (code < limit[length]) {
        return (definition[code + offset[length]] & 0xff) << 8 | length;
      }
    }
    return 0;
  }

  /** The next symbol; its value stays. */
  int read(JpegBits bits) throws RejectedException {
    bits.peek(MAXIMUM_LENGTH);
    int entry = entry(bits.buffer);
    if (entry == 0) {
      throw noSuchCode(bits);
    }
    int symbol = entry >> 8 & 0xff;
    bits.skip((entry & 0xff) - (entry >> 16 == 0 ? 0 : symbol & 15));
    return symbol;
  }

  /** The value behind the next symbol, which is its category and nothing else. */
  int readValue(JpegBits bits) throws RejectedException {
    if (bits.count < JpegBits.ENOUGH) {
      bits.fill();
    }
    int entry = entry(bits.buffer);
    int category = entry >> 8 & 0xff;
    if (entry == 0) {
      throw noSuchCode(bits);
    } else if (category > 15) {
      throw new RejectedException("JPEG file is damaged: a code that does not exist");
    }
    bits.skip(entry & 0xff);
    int value = entry >> 16;
    return value == 0 ? bits.readSigned(category) : value;
  }

  /** The reason why the next bits are no code. */
  static RejectedException noSuchCode(JpegBits bits) throws TruncatedException {
    bits.check();
    return new RejectedException("JPEG file is damaged: a code that does not exist");
  }
}
