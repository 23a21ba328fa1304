package org.convoy.image.codec;

import java.util.Arrays;

/**
 * One component of a JPEG frame, with its samples.
 *
 * <p>Its blocks of 8x8 samples fill whole units of the frame; what exceeds its width and height is
 * not seen.
 */
final class JpegComponent {
  /** What a block shows that is missing. */
  private static final byte GRAY = (byte) 128;

  final int id;
  final int across;
  final int down;
  final int tableNumber;

  /** Size in samples. */
  final int width;

  final int height;

  /** Size in blocks, filled up to whole units. */
  final int blocksAcross;

  final int blocksDown;

  /** Samples, row by row, of all blocks; allocated when the first scan begins. */
  byte[] samples = new byte[0];

  /** Coefficients of all blocks, of 64 each in natural order, if they come in several passes. */
  short[] coefficients = new short[0];

  /** The quantization table as it was when the component's first scan began, in natural order. */
  int[] quantization = new int[0];

  /** The same in the order of the file. */
  int[] orderedQuantization = new int[0];

  /** Of the direct-current coefficient. */
  int prediction;

  /**
   * @param across samples in a unit's row
   * @param down samples in a unit's column
   */
  JpegComponent(int id, int across, int down, int tableNumber, JpegFrame frame) {
    this.id = id;
    this.across = across;
    this.down = down;
    this.tableNumber = tableNumber;
    this.width = ceilingOf((long) frame.width() * across, frame.maximumAcross());
    this.height = ceilingOf((long) frame.height() * down, frame.maximumDown());
    this.blocksAcross = frame.unitsAcross() * across;
    this.blocksDown = frame.unitsDown() * down;
  }

  static int ceilingOf(long dividend, int divisor) {
    return (int) ((dividend + divisor - 1) / divisor);
  }

  /** Length of a row of samples. */
  int stride() {
    return blocksAcross * 8;
  }

  /** Blocks of a row that hold samples of the picture. */
  int realBlocksAcross() {
    return ceilingOf(width, 8);
  }

  /** Rows of blocks that hold samples of the picture. */
  int realBlocksDown() {
    return ceilingOf(height, 8);
  }

  /** Allocates what is needed, and keeps the quantization table, unless that was done before. */
  void begin(int[] table, boolean progressive) {
    if (quantization.length > 0) {
      return;
    }
    quantization = table.clone();
    orderedQuantization = new int[64];
    for (int i = 0; i < 64; i++) {
      orderedQuantization[i] = table[JpegTables.ZIGZAG[i]];
    }
    samples = new byte[blocksAcross * blocksDown * 64];
    Arrays.fill(samples, GRAY);
    if (progressive) {
      coefficients = new short[blocksAcross * blocksDown * 64];
    }
  }

  /** Transforms the coefficients that all passes have left. */
  void finish(JpegBatch batch) {
    for (int row = 0; row < realBlocksDown(); row++) {
      for (int column = 0; column < realBlocksAcross(); column++) {
        int from = (row * blocksAcross + column) * 64;
        int spread = dequantize(from, batch.coefficients(), batch.lane());
        batch.finish(this, row, column, coefficients[from] * quantization[0], spread);
      }
    }
    batch.flush();
  }

  /**
   * All coefficients of a block but the first.
   *
   * @return them as {@link JpegBatch#finish} wants them joined
   */
  private int dequantize(int from, int[] target, int lane) {
    int spread = -1;
    for (int i = 1; i < 64; i++) {
      int coefficient = coefficients[from + JpegTables.ZIGZAG[i]];
      if (coefficient != 0) {
        int product = coefficient * orderedQuantization[i];
        target[JpegBatch.PLACES[i] + lane] = product;
        spread = Math.max(spread, 0) | (product ^ (product >> 31));
      }
    }
    return spread;
  }
}
