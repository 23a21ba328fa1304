package org.convoy.image.codec;

/** Filters rows before they are packed: the other way round of {@link PngFilter}. */
final class PngRows {
  /** How many filters are tried: none, the pixel to the left, the one above. */
  static final int COUNT = 3;

  private PngRows() {}

  /**
   * The filter whose bytes, as signed numbers, are smallest in sum, which tends to pack best (PNG
   * specification, 12.7).
   *
   * @param above the row above, or zeros
   * @param distance bytes between a byte and the one of the pixel to its left
   * @param filtered written: for each filter its type and the filtered bytes
   * @return one of {@code filtered}
   */
  static byte[] best(byte[] row, byte[] above, int distance, byte[][] filtered) {
    byte[] best = null;
    long least = Long.MAX_VALUE;
    for (int type = 0; type < COUNT; type++) {
      byte[] result = filtered[type];
      result[0] = (byte) type;
      long sum = 0;
      for (int i = 0; i < row.length; i++) {
        int left = i >= distance ? row[i - distance] : 0;
        int predicted = type == 0 ? 0 : type == 1 ? left : above[i];
        result[i + 1] = (byte) (row[i] - predicted);
        sum += Math.abs(result[i + 1]);
      }
      if (sum < least) {
        least = sum;
        best = result;
      }
    }
    return best;
  }
}
