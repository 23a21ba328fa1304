package org.convoy.image.codec;

import org.convoy.image.Image;

/**
 * The first frame of a GIF file (CompuServe, "Graphics Interchange Format, version 89a", 1990), in
 * its place on the screen that the file asks for. What the frame leaves free is black; transparency
 * is dropped, so that such a pixel shows the color that the file gives it.
 */
final class GifDecoder {
  /** A code of 12 bits stands for at most 4096 pixels. */
  private static final long MAXIMUM_RATIO = 2731;

  private static final int HAS_PALETTE = 0x80;
  private static final int INTERLACED = 0x40;
  private static final int[] STRAIGHT = {0, 1};

  /** First row and row step of each pass of an interlaced frame. */
  private static final int[] PASSES = {0, 8, 4, 8, 2, 4, 1, 2};

  private final byte[] file;
  private int position;

  private GifDecoder(byte[] file) {
    this.file = file;
  }

  static Image decode(byte[] file, int channels, PixelLimit limit) throws RejectedException {
    return new GifDecoder(file).readFirst(channels, limit);
  }

  private Image readFirst(int channels, PixelLimit limit) throws RejectedException {
    position = 6;
    int screenWidth = number();
    int screenHeight = number();
    int flags = next();
    position += 2;
    int[] palette = (flags & HAS_PALETTE) == 0 ? new int[0] : readPalette(flags);
    skipExtensions();
    int left = number();
    int top = number();
    int width = number();
    int height = number();
    limit.check(width, height);
    int canvasWidth = Math.max(screenWidth, left + width);
    int canvasHeight = Math.max(screenHeight, top + height);
    limit.check(canvasWidth, canvasHeight);
    checkData((long) canvasWidth * canvasHeight);
    int frameFlags = next();
    int[] colors = (frameFlags & HAS_PALETTE) == 0 ? palette : readPalette(frameFlags);
    byte[] indexes = readIndexes(width, height);
    PixelPlanes planes = new PixelPlanes(channels, canvasHeight, canvasWidth);
    int[] passes = (frameFlags & INTERLACED) == 0 ? STRAIGHT : PASSES;
    int from = 0;
    for (int pass = 0; pass < passes.length; pass += 2) {
      for (int y = passes[pass]; y < height; y += passes[pass + 1], from += width) {
        writeRow(indexes, from, width, colors, planes, (top + y) * canvasWidth + left);
      }
    }
    return planes.image();
  }

  private void checkData(long pixels) throws RejectedException {
    if (pixels > file.length * MAXIMUM_RATIO) {
      throw new RejectedException(
          "GIF header says " + pixels + " pixels, more than " + file.length + " bytes can hold");
    }
  }

  private static void writeRow(
      byte[] indexes, int from, int width, int[] colors, PixelPlanes planes, int target)
      throws RejectedException {
    for (int x = 0; x < width; x++) {
      int index = indexes[from + x] & 0xff;
      if (index >= colors.length) {
        throw new RejectedException(
            "GIF file is damaged: color " + index + " of a palette of " + colors.length);
      }
      planes.color(target + x, colors[index]);
    }
  }

  /** Goes to the first frame's description. */
  private void skipExtensions() throws RejectedException {
    for (int block = next(); block != 0x2c; block = next()) {
      if (block == 0x3b) {
        throw new RejectedException("GIF file has no frame");
      } else if (block == 0x21) {
        next();
        for (int length = next(); length > 0; length = next()) {
          position += length;
        }
      }
    }
  }

  private int[] readPalette(int flags) throws RejectedException {
    int[] colors = new int[2 << (flags & 7)];
    for (int i = 0; i < colors.length; i++) {
      colors[i] = next() << 16 | next() << 8 | next();
    }
    return colors;
  }

  private byte[] readIndexes(int width, int height) throws RejectedException {
    int minimumBits = next();
    if (minimumBits < 1 || minimumBits > 8) {
      throw new RejectedException(
          "GIF file is damaged: code size " + minimumBits + ", expected 1 to 8");
    }
    byte[] indexes = new byte[width * height];
    int filled = new GifCodes(file, position, minimumBits).unpack(indexes);
    if (filled < indexes.length) {
      throw new RejectedException(
          String.format(
              "GIF file is truncated or damaged: its first frame ends in row %d of %d",
              filled / width, height));
    }
    return indexes;
  }

  private int number() throws RejectedException {
    return next() | next() << 8;
  }

  private int next() throws RejectedException {
    if (position >= file.length) {
      throw new RejectedException("GIF file is truncated before its first frame");
    }
    return file[position++] & 0xff;
  }
}
