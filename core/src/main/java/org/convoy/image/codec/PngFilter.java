package org.convoy.image.codec;

/** The five row filters (PNG specification, 9.2). */
final class PngFilter {
  private PngFilter() {}

  /**
   * Restores a row in place.
   *
   * @param row the filter's type, then the filtered bytes
   * @param previous the restored row above with its type, or zeros
   * @param distance bytes between a byte and the one of the pixel to its left
   */
  static void undo(byte[] row, byte[] previous, int distance) throws RejectedException {
    switch (row[0]) {
      case 0 -> {
        // Not filtered.
      }
      case 1 -> {
        for (int i = 1 + distance; i < row.length; i++) {
          row[i] += row[i - distance];
        }
      }
      case 2 -> {
        for (int i = 1; i < row.length; i++) {
          row[i] += previous[i];
        }
      }
      case 3 -> undoAverage(row, previous, distance);
      case 4 -> undoPaeth(row, previous, distance);
      default ->
          throw new RejectedException(
              "PNG file is damaged: row filter " + (row[0] & 0xff) + " of 0..4");
    }
  }

  private static void undoAverage(byte[] row, byte[] previous, int distance) {
    for (int i = 1; i < row.length; i++) {
      int left = i > distance ? row[i - distance] & 0xff : 0;
      row[i] += (byte) ((left + (previous[i] & 0xff)) / 2);
    }
  }

  private static void undoPaeth(byte[] row, byte[] previous, int distance) {
    for (int i = 1; i < row.length; i++) {
      int left = i > distance ? row[i - distance] & 0xff : 0;
      int above = previous[i] & 0xff;
      int corner = i > distance ? previous[i - distance] & 0xff : 0;
      int toLeft = Math.abs(above - corner);
      int toAbove = Math.abs(left - corner);
      int toCorner = Math.abs(left + above - 2 * corner);
      if (toLeft <= toAbove && toLeft <= toCorner) {
        row[i] += (byte) left;
      } else {
        row[i] += (byte) (toAbove <= toCorner ? above : corner);
      }
    }
  }
}
