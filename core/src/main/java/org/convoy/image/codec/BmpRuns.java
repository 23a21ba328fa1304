package org.convoy.image.codec;

import java.nio.ByteBuffer;

/** The run lengths of a BMP file of 4 or 8 bits; places that it jumps over have color 0. */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END = 1;
  private static final int JUMP = 2;

  private final ByteBuffer data;
  private final boolean halves;
  private final int width;
  private int row;
  private int column;

  /**
   * @param data from its position on
   * @param halves whether a byte holds two pixels
   */
  BmpRuns(ByteBuffer data, boolean halves, int width) {
    this.data = data;
    this.halves = halves;
    this.width = width;
  }

  /** The colors of all pixels, in the order of the file's rows. */
  byte[] read(int height) throws RejectedException {
    byte[] indexes = new byte[width * height];
    while (true) {
      int count = data.get() & 0xff;
      int value = data.get() & 0xff;
      if (count > 0) {
        for (int i = 0; i < count; i++) {
          put(indexes, halves && i % 2 == 0 ? value >> 4 : halves ? value & 15 : value);
        }
      } else if (value == END_OF_ROW) {
        row++;
        column = 0;
      } else if (value == END) {
        return indexes;
      } else if (value == JUMP) {
        column += data.get() & 0xff;
        row += data.get() & 0xff;
      } else {
        readPlain(indexes, value);
      }
    }
  }

  /** So many pixels, in whole pairs of bytes. */
  private void readPlain(byte[] indexes, int count) throws RejectedException {
    int bytes = halves ? (count + 1) / 2 : count;
    int pair = 0;
    for (int i = 0; i < count; i++) {
      if (!halves || i % 2 == 0) {
        pair = data.get() & 0xff;
      }
      put(indexes, halves && i % 2 == 0 ? pair >> 4 : halves ? pair & 15 : pair);
    }
    data.position(data.position() + bytes % 2);
  }

  private void put(byte[] indexes, int value) throws RejectedException {
    long at = (long) row * width + column;
    if (column >= width || at >= indexes.length) {
      throw new RejectedException("BMP file is damaged: a run leaves the picture");
    }
    indexes[(int) at] = (byte) value;
    column++;
  }
}
