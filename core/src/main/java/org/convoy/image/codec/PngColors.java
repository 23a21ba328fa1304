package org.convoy.image.codec;

import java.util.List;

/** Turns the samples of PNG rows into colors. */
final class PngColors {
  private static final int OPAQUE = 255;

  private final PngHeader header;

  /** 0xAARRGGBB of each index, or of each gray sample of less than 8 bits. */
  private final int[] palette;

  private final int defined;

  /** The samples of the color that is not seen; empty if there is none. */
  private final int[] unseen;

  private PngColors(PngHeader header, int[] palette, int defined, int[] unseen) {
    this.header = header;
    this.palette = palette;
    this.defined = defined;
    this.unseen = unseen;
  }

  static PngColors of(PngChunks chunks) throws RejectedException {
    PngHeader header = chunks.header();
    int values = 1 << Math.min(8, header.depth());
    int[] palette = new int[values];
    List<Integer> transparency = chunks.transparency();
    if (header.color() == PngHeader.Color.PALETTE) {
      int defined = Math.min(values, chunks.palette().size());
      if (defined == 0) {
        throw new RejectedException("PNG file needs a palette and has none");
      }
      for (int i = 0; i < defined; i++) {
        int alpha = i < transparency.size() ? transparency.get(i) : OPAQUE;
        palette[i] = alpha << 24 | chunks.palette().get(i);
      }
      return new PngColors(header, palette, defined, new int[0]);
    }
    int[] unseen = transparency.stream().mapToInt(Integer::intValue).toArray();
    for (int i = 0; i < values; i++) {
      int alpha = unseen.length > 0 && unseen[0] == i ? 0 : OPAQUE;
      palette[i] = alpha << 24 | i * 255 / (values - 1) * 0x010101;
    }
    return new PngColors(header, palette, values, unseen);
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
      case GRAY_ALPHA -> writeGrayAlpha(row, columns, planes, target, step);
      case RGB -> writeColors(row, columns, planes, target, step);
      case RGB_ALPHA -> writeColorsAlpha(row, columns, planes, target, step);
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
      int color = palette[value];
      if (color >>> 24 == OPAQUE) {
        planes.color(index, color);
      } else {
        planes.color(index, color >> 16 & 0xff, color >> 8 & 0xff, color & 0xff, color >>> 24);
      }
    }
  }

  private void writeGray(byte[] row, int columns, PixelPlanes planes, int target, int step) {
    int bytes = header.pixelBytes();
    int index = target;
    for (int from = 1; from < 1 + columns * bytes; from += bytes, index += step) {
      if (unseen.length > 0 && isUnseen(row, from)) {
        planes.color(index, 0, 0, 0, 0);
      } else {
        planes.gray(index, row[from] & 0xff);
      }
    }
  }

  private void writeGrayAlpha(byte[] row, int columns, PixelPlanes planes, int target, int step) {
    int bytes = header.pixelBytes();
    int index = target;
    for (int from = 1; from < 1 + columns * bytes; from += bytes, index += step) {
      int alpha = row[from + bytes / 2] & 0xff;
      int value = row[from] & 0xff;
      if (alpha == OPAQUE) {
        planes.gray(index, value);
      } else {
        planes.color(index, value, value, value, alpha);
      }
    }
  }

  private void writeColors(byte[] row, int columns, PixelPlanes planes, int target, int step) {
    int bytes = header.pixelBytes();
    int sample = header.depth() / 8;
    int index = target;
    for (int from = 1; from < 1 + columns * bytes; from += bytes, index += step) {
      if (unseen.length > 0 && isUnseen(row, from)) {
        planes.color(index, 0, 0, 0, 0);
      } else {
        planes.color(
            index, row[from] & 0xff, row[from + sample] & 0xff, row[from + 2 * sample] & 0xff);
      }
    }
  }

  private void writeColorsAlpha(byte[] row, int columns, PixelPlanes planes, int target, int step) {
    int bytes = header.pixelBytes();
    int sample = header.depth() / 8;
    int index = target;
    for (int from = 1; from < 1 + columns * bytes; from += bytes, index += step) {
      int red = row[from] & 0xff;
      int green = row[from + sample] & 0xff;
      int blue = row[from + 2 * sample] & 0xff;
      int alpha = row[from + 3 * sample] & 0xff;
      if (alpha == OPAQUE) {
        planes.color(index, red, green, blue);
      } else {
        planes.color(index, red, green, blue, alpha);
      }
    }
  }

  /** Whether the samples of a pixel, all their bits, are those of the unseen color. */
  private boolean isUnseen(byte[] row, int from) {
    int bytes = header.depth() / 8;
    for (int i = 0; i < unseen.length; i++) {
      int at = from + i * bytes;
      int value = bytes == 1 ? row[at] & 0xff : (row[at] & 0xff) << 8 | (row[at + 1] & 0xff);
      if (value != unseen[i]) {
        return false;
      }
    }
    return true;
  }
}
