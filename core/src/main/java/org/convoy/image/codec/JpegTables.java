package org.convoy.image.codec;

/** The tables that a JPEG file has defined so far; later definitions replace earlier ones. */
final class JpegTables {
  private static final int HUFFMAN_COUNTS = 16;

  /** Of each position in the order of the file, the natural one (ITU-T T.81, figure A.6). */
  static final int[] ZIGZAG = zigzag();

  private final int[][] quantization = new int[4][];
  private final JpegHuffman[] direct = new JpegHuffman[4];
  private final JpegHuffman[] alternating = new JpegHuffman[4];
  private final JpegMemory memory;
  private int restartInterval;

  JpegTables(JpegMemory memory) {
    this.memory = memory;
  }

  private static int[] zigzag() {
    int[] order = new int[64];
    int index = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      for (int i = 0; i <= diagonal; i++) {
        int row = diagonal % 2 == 0 ? diagonal - i : i;
        int column = diagonal - row;
        if (row < 8 && column < 8) {
          order[index++] = row * 8 + column;
        }
      }
    }
    return order;
  }

  /** Takes over the definitions of a segment, if it holds any. */
  void read(byte[] file, JpegSegment segment) throws RejectedException {
    switch (segment.marker()) {
      case 0xdb -> readQuantization(file, segment);
      case 0xc4 -> readHuffman(file, segment);
      case 0xdd -> restartInterval = JpegSegment.number(file, segment.from());
      default -> {
        // Not a table.
      }
    }
  }

  private void readQuantization(byte[] file, JpegSegment segment) throws RejectedException {
    int at = segment.from();
    while (at < segment.end()) {
      int head = file[at++] & 0xff;
      int bytes = head >> 4 == 0 ? 1 : 2;
      if ((head & 15) > 3 || at + 64 * bytes > segment.end()) {
        throw new RejectedException("JPEG file is damaged: impossible quantization table");
      }
      int[] table = new int[64];
      for (int i = 0; i < 64; i++, at += bytes) {
        table[ZIGZAG[i]] = bytes == 1 ? file[at] & 0xff : JpegSegment.number(file, at);
      }
      quantization[head & 15] = table;
    }
  }

  private void readHuffman(byte[] file, JpegSegment segment) throws RejectedException {
    int at = segment.from();
    while (at < segment.end()) {
      int head = file[at++] & 0xff;
      int count = 0;
      for (int i = at; i < Math.min(segment.end(), at + HUFFMAN_COUNTS); i++) {
        count += file[i] & 0xff;
      }
      int end = at + HUFFMAN_COUNTS + count;
      if ((head & 0xef) > 3 || count > 256 || end > segment.end()) {
        throw new RejectedException("JPEG file is damaged: impossible Huffman table");
      }
      (head < 16 ? direct : alternating)[head & 15] = memory.huffman(head, file, at, count);
      at = end;
    }
  }

  int restartInterval() {
    return restartInterval;
  }

  int[] quantization(int number) throws RejectedException {
    return require(quantization[number & 3], "quantization table");
  }

  JpegHuffman direct(int number) throws RejectedException {
    return require(direct[number & 3], "Huffman table");
  }

  JpegHuffman alternating(int number) throws RejectedException {
    return require(alternating[number & 3], "Huffman table");
  }

  private static <T> T require(T table, String what) throws RejectedException {
    if (table == null) {
      throw new RejectedException("JPEG file has a scan without its " + what);
    }
    return table;
  }
}
