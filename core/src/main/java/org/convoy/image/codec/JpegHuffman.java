package org.convoy.image.codec;

/** A Huffman table (ITU-T T.81, annex C and F.2.2.3). */
final class JpegHuffman {
  private static final int MAXIMUM_LENGTH = 16;
  private static final int FAST = 9;

  private final byte[] symbols;

  /**
   * For the next 9 bits, length and symbol of the code that they begin with, or 0 if it is longer.
   */
  private final short[] fast = new short[1 << FAST];

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
    symbols = new byte[symbolCount];
    System.arraycopy(file, from + MAXIMUM_LENGTH, symbols, 0, symbolCount);
    int code = 0;
    int index = 0;
    for (int length = 1; length <= MAXIMUM_LENGTH; length++) {
      int count = file[from + length - 1] & 0xff;
      offset[length] = index - code;
      if (code + count > 1 << length) {
        throw new RejectedException("JPEG file is damaged: impossible Huffman table");
      }
      for (int i = 0; i < count && length <= FAST; i++) {
        addFast(code + i, length, symbols[index + i]);
      }
      code += count;
      index += count;
      limit[length] = code;
      code <<= 1;
    }
  }

  private void addFast(int code, int length, byte symbol) {
    int first = code << (FAST - length);
    for (int i = 0; i < 1 << (FAST - length); i++) {
      fast[first + i] = (short) (length << 8 | (symbol & 0xff));
    }
  }

  /** The next symbol. */
  int read(JpegBits bits) throws RejectedException {
    int entry = fast[bits.peek(FAST)];
    if (entry != 0) {
      bits.skip(entry >> 8);
      return entry & 0xff;
    }
    int next = bits.peek(MAXIMUM_LENGTH);
    for (int length = FAST + 1; length <= MAXIMUM_LENGTH; length++) {
      int code = next >> (MAXIMUM_LENGTH - length);
      if (code < limit[length]) {
        bits.skip(length);
        return symbols[code + offset[length]] & 0xff;
      }
    }
    bits.check();
    throw new RejectedException("JPEG file is damaged: a code that does not exist");
  }
}
