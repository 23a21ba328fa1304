package org.convoy.image.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.convoy.image.Image;

/**
 * BMP of Windows and OS/2, of 1 to 32 bits, with palettes, bit masks and run lengths (Microsoft,
 * "Bitmap storage"). Transparency is dropped, profiles are not applied.
 */
final class BmpDecoder {
  private static final int FILE_HEADER = 14;
  private static final int OLD_INFO = 12;
  private static final int INFO = 40;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int MASKS = 3;

  /** A run of two bytes stands for at most 255 pixels; jumps may leave out as many again. */
  private static final long MAXIMUM_RATIO = 512;

  private final ByteBuffer file;
  private int width;
  private int height;
  private boolean downwards;
  private int depth;
  private int compression;
  private int colorCount;
  private int[] palette = new int[0];
  private int[] masks = new int[0];

  private BmpDecoder(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Image decode(byte[] file, Reading reading) throws RejectedException {
    BmpDecoder decoder = new BmpDecoder(file);
    try {
      return decoder.read(reading);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new RejectedException("BMP file is truncated or damaged", e);
    }
  }

  private Image read(Reading reading) throws RejectedException {
    int data = file.getInt(10);
    int infoBytes = file.getInt(FILE_HEADER);
    readInfo(infoBytes);
    reading.check(width, height);
    boolean packed = compression == RLE8 || compression == RLE4;
    long bytes = packed ? file.limit() * MAXIMUM_RATIO : file.limit();
    long promised = packed ? (long) width * height : rowBytes() * height;
    if (promised > bytes) {
      reading.accept(
          new TruncatedException(
              String.format(
                  "BMP file is truncated: its header says %d x %d pixels (width x height) of %d"
                      + " bits, more than %d bytes can hold",
                  width, height, depth, file.limit())));
    }
    readColors(infoBytes);
    PixelPlanes planes = reading.planes(height, width);
    if (reading.acceptsTruncated()) {
      planes.clear(0);
    }
    if (packed) {
      BmpRuns runs = new BmpRuns(file.position(data), compression == RLE4, width, height);
      try {
        runs.read();
      } catch (BufferUnderflowException e) {
        reading.accept(new TruncatedException("BMP file is truncated in its runs of pixels"));
      }
      byte[] indexes = runs.indexes();
      for (int i = 0; i < indexes.length; i++) {
        planes.color(target(i / width) + i % width, color(indexes[i] & 0xff));
      }
    } else {
      readRows(data, planes, reading);
    }
    return planes.image();
  }

  private void readRows(int data, PixelPlanes planes, Reading reading) throws RejectedException {
    for (int row = 0; row < height; row++) {
      long from = data + row * rowBytes();
      if (data < 0 || from + rowBytes() > file.limit()) {
        TruncatedException truncated =
            new TruncatedException(
                String.format("BMP file is truncated: it ends in row %d of %d", row, height));
        if (row == 0) {
          throw truncated;
        }
        reading.accept(truncated);
        return;
      }
      readRow((int) from, planes, target(row));
    }
  }

  private void readInfo(int infoBytes) throws RejectedException {
    file.position(FILE_HEADER + 4);
    boolean old = infoBytes == OLD_INFO;
    if (!old && infoBytes < INFO) {
      throw new RejectedException("BMP with a header of " + infoBytes + " bytes is not supported");
    }
    width = old ? file.getShort() & 0xffff : file.getInt();
    height = old ? file.getShort() & 0xffff : file.getInt();
    downwards = height < 0;
    height = Math.abs(height);
    file.getShort();
    depth = file.getShort() & 0xffff;
    compression = old ? 0 : file.getInt();
    colorCount = old ? 0 : file.getInt(FILE_HEADER + 32);
    boolean possible =
        switch (compression) {
          case 0 ->
              depth == 1 || depth == 4 || depth == 8 || depth == 16 || depth == 24 || depth == 32;
          case RLE8 -> depth == 8;
          case RLE4 -> depth == 4;
          case MASKS -> depth == 16 || depth == 32;
          default -> false;
        };
    if (!possible) {
      throw new RejectedException(
          "BMP of " + depth + " bits with compression " + compression + " is not supported");
    }
  }

  /** Reads the palette or the masks, which follow the header. */
  private void readColors(int infoBytes) throws RejectedException {
    file.position(FILE_HEADER + Math.min(INFO, infoBytes));
    if (depth > 8) {
      masks = depth == 16 ? new int[] {0x7c00, 0x3e0, 0x1f} : new int[] {0xff0000, 0xff00, 0xff};
      for (int i = 0; i < masks.length && compression == MASKS; i++) {
        masks[i] = file.getInt();
      }
      return;
    }
    file.position(FILE_HEADER + infoBytes);
    int count = colorCount == 0 ? 1 << depth : colorCount;
    if (count < 0 || count > 1 << depth) {
      throw new RejectedException("BMP of " + depth + " bits has " + colorCount + " colors");
    }
    palette = new int[count];
    for (int i = 0; i < count; i++) {
      int blue = file.get() & 0xff;
      int green = file.get() & 0xff;
      int red = file.get() & 0xff;
      palette[i] = red << 16 | green << 8 | blue;
      file.position(file.position() + (infoBytes == OLD_INFO ? 0 : 1));
    }
  }

  private long rowBytes() {
    return ((long) width * depth + 31) / 32 * 4;
  }

  /** Index of the first pixel of a row of the file, which begins at the bottom. */
  private int target(int row) {
    return (downwards ? row : height - 1 - row) * width;
  }

  private void readRow(int from, PixelPlanes planes, int target) throws RejectedException {
    for (int x = 0; x < width; x++) {
      int color =
          switch (depth) {
            case 16 -> masked(file.getShort(from + 2 * x) & 0xffff);
            case 24 ->
                (file.getShort(from + 3 * x) & 0xffff) | (file.get(from + 3 * x + 2) & 0xff) << 16;
            case 32 -> masked(file.getInt(from + 4 * x));
            default -> {
              int bit = x * depth;
              int shift = 8 - depth - (bit & 7);
              yield color(file.get(from + (bit >> 3)) >> shift & ((1 << depth) - 1));
            }
          };
      planes.color(target + x, color);
    }
  }

  private int masked(int value) {
    int color = 0;
    for (int mask : masks) {
      int lowest = Integer.numberOfTrailingZeros(mask);
      long maximum = mask == 0 ? 1 : (mask & 0xffffffffL) >>> lowest;
      long part = mask == 0 ? 0 : (value & mask & 0xffffffffL) >>> lowest;
      color = color << 8 | ((int) ((part * 255 + maximum / 2) / maximum) & 0xff);
    }
    return color;
  }

  private int color(int index) throws RejectedException {
    if (index >= palette.length) {
      throw new RejectedException(
          "BMP file is damaged: color " + index + " of a palette of " + palette.length);
    }
    return palette[index];
  }
}
