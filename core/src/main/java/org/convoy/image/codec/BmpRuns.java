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
  private final byte[] indexes;
  private int row;
  private int column;

  /**
   * @param data from its position on
   * @param halves whether a byte holds two pixels
   */
  BmpRuns(ByteBuffer data, boolean halves, int width, int height) {
    this.data = data;
    this.halves = halves;
    this.width = width;
    this.indexes = new byte[width * height];
  }

  /** The colors of all pixels that were read, in the order of the file's rows. */
  byte[] indexes() {
    return indexes;
  }

  /** Reads all runs. */
  void read() throws RejectedException {
    while (true) {
      int count = data.get() & 0xff;
      int value = data.get() & 0xff;
      if (count > 0) {
        for (int i = 0; i < count; i++) {
          put(halves && i % 2 == 0 ? value >> 4 : halves ? value & 15 : value);
        }
      } else if (value == END_OF_ROW) {
        row++;
        column = 0;
      } else if (value == END) {
        return;
      } else if (value == JUMP) {
        column += data.get() & 0xff;
        row += data.get() & 0xff;
      } else {
        readPlain(value);
      }
    }
  }

  /** So many pixels, in whole pairs of bytes. */
  private void readPlain(int count) throws RejectedException {
    int bytes = halves ? (count + 1) / 2 : count;
    int pair = 0;
    for (int i = 0; i < count; i++) {
      if (!halves || i % 2 == 0) {
        pair = data.get() & 0xff;
      }
      put(halves && i % 2 == 0 ? pair >> 4 : halves ? pair & 15 : pair);
    }
    data.position(data.position() + bytes % 2);
  }

  private void put(int value) throws RejectedException {
    long at = (long) row * width + column;
    if (column >= width || at >= indexes.length) {
      throw new RejectedException("BMP file is damaged: a run leaves the picture");
    }
    indexes[(int) at] = (byte) value;
    column++;
  }
}
