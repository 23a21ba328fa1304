package org.convoy.image.codec;

/** Turns the samples of PNG rows into colors. */
final class PngColors {
  private final PngHeader header;

  /** 0xRRGGBB of each index, or of each gray sample of less than 16 bits. */
  private final int[] palette;

  private final int defined;

  private PngColors(PngHeader header, int[] palette, int defined) {
    this.header = header;
    this.palette = palette;
    this.defined = defined;
  }

  static PngColors of(PngChunks chunks) throws RejectedException {
    PngHeader header = chunks.header();
    int values = 1 << Math.min(8, header.depth());
    int[] palette = new int[values];
    if (header.color() == PngHeader.Color.PALETTE) {
      int defined = Math.min(values, chunks.palette().size());
      if (defined == 0) {
        throw new RejectedException("PNG file needs a palette and has none");
      }
      for (int i = 0; i < defined; i++) {
        palette[i] = chunks.palette().get(i);
      }
      return new PngColors(header, palette, defined);
    }
    for (int i = 0; i < values; i++) {
      palette[i] = i * 255 / (values - 1) * 0x010101;
    }
    return new PngColors(header, palette, values);
  }

  /**
   * Sets pixels of one row.
   *
   * @param row a filter type, then packed samples
   * @param columns how many pixels
   * @param target index of the first pixel
   * @param step distance of the next ones
   */
  void write(byte[] row, int columns, PixelPlanes planes, int target, int step)
      throws RejectedException {
    switch (header.color()) {
      case PALETTE -> writeIndexes(row, columns, planes, target, step);
      case GRAY -> {
        if (header.depth() < 8) {
          writeIndexes(row, columns, planes, target, step);
        } else {
          writeGray(row, columns, planes, target, step);
        }
      }
      case GRAY_ALPHA -> writeGray(row, columns, planes, target, step);
      case RGB, RGB_ALPHA -> writeColors(row, columns, planes, target, step);
    }
  }

  private void writeIndexes(byte[] row, int columns, PixelPlanes planes, int target, int step)
      throws RejectedException {
    int depth = header.depth();
    int mask = (1 << depth) - 1;
    int index = target;
    for (int i = 0; i < columns; i++, index += step) {
      int bit = i * depth;
      int value = row[1 + (bit >> 3)] >> (8 - depth - (bit & 7)) & mask;
      if (value >= defined) {
        throw new RejectedException(
            "PNG file is damaged: color " + value + " of a palette of " + defined);
      }
      planes.color(index, palette[value]);
    }
  }

  private void writeGray(byte[] row, int columns, PixelPlanes planes, int target, int step) {
    int bytes = header.pixelBytes();
    int index = target;
    for (int from = 1; from < 1 + columns * bytes; from += bytes, index += step) {
      planes.gray(index, row[from] & 0xff);
    }
  }

  private void writeColors(byte[] row, int columns, PixelPlanes planes, int target, int step) {
    int bytes = header.pixelBytes();
    int sample = header.depth() / 8;
    int index = target;
    for (int from = 1; from < 1 + columns * bytes; from += bytes, index += step) {
      planes.color(
          index, row[from] & 0xff, row[from + sample] & 0xff, row[from + 2 * sample] & 0xff);
    }
  }
}
