package org.convoy.image.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.convoy.image.Image;

/**
 * How a camera was held: the EXIF tag 0x0112, whose values 1 to 8 say where the stored picture's
 * first row and first column belong (CIPA DC-008, "Exchangeable image file format", 4.6.4).
 *
 * @param turned whether rows and columns are exchanged
 * @param upsideDown whether the upright picture's rows, or its columns if it is turned, run
 *     backwards through the stored one's rows
 * @param mirrored whether its columns, or its rows, run backwards through the stored one's columns
 */
record Orientation(boolean turned, boolean upsideDown, boolean mirrored) {
  static final Orientation UPRIGHT = new Orientation(false, false, false);
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  /** Pixels are moved in squares: a turned picture's columns lie far apart in memory. */
  private static final int TILE = 64;

  /** Orientation of the tag's value; what is not in 1..8 is upright. */
  static Orientation of(int value) {
    return switch (value) {
      case 2 -> new Orientation(false, false, true);
      case 3 -> new Orientation(false, true, true);
      case 4 -> new Orientation(false, true, false);
      case 5 -> new Orientation(true, false, false);
      case 6 -> new Orientation(true, true, false);
      case 7 -> new Orientation(true, true, true);
      case 8 -> new Orientation(true, false, true);
      default -> UPRIGHT;
    };
  }

  /**
   * Finds the tag in a TIFF structure. One that is damaged says nothing.
   *
   * @param from where its byte-order mark stands
   * @param to end of the structure
   */
  static Orientation read(byte[] file, int from, int to) {
    try {
      ByteBuffer tiff = ByteBuffer.wrap(file, from, to - from).slice();
      short mark = tiff.getShort();
      tiff.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      if ((mark != 0x4949 && mark != 0x4d4d) || tiff.getShort() != 42) {
        return UPRIGHT;
      }
      tiff.position(tiff.getInt());
      int entries = tiff.getShort() & 0xffff;
      for (int i = 0; i < entries; i++) {
        int tag = tiff.getShort() & 0xffff;
        int type = tiff.getShort();
        int count = tiff.getInt();
        int value = tiff.getShort();
        if (tag == TAG) {
          return type == SHORT && count == 1 ? of(value) : UPRIGHT;
        }
        tiff.getShort();
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return UPRIGHT;
    }
    return UPRIGHT;
  }

  /** The picture as it should be seen. */
  Image apply(Image stored) {
    if (equals(UPRIGHT)) {
      return stored;
    }
    int height = turned ? stored.width() : stored.height();
    int width = turned ? stored.height() : stored.width();
    Image upright = Image.black(stored.channels(), height, width);
    int first = (upsideDown ? stored.height() - 1 : 0) * stored.width();
    first += mirrored ? stored.width() - 1 : 0;
    int throughRows = upsideDown ? -stored.width() : stored.width();
    int throughColumns = mirrored ? -1 : 1;
    int down = turned ? throughColumns : throughRows;
    int across = turned ? throughRows : throughColumns;
    for (int channel = 0; channel < stored.channels(); channel++) {
      int plane = channel * height * width;
      for (int y = 0; y < height; y += TILE) {
        for (int x = 0; x < width; x += TILE) {
          int from = stored.offset() + plane + first + y * down + x * across;
          int rows = Math.min(TILE, height - y);
          int columns = Math.min(TILE, width - x);
          int to = plane + y * width + x;
          for (int row = 0; row < rows; row++, from += down, to += width) {
            copy(stored.pixels(), from, across, upright.pixels(), to, columns);
          }
        }
      }
    }
    return upright;
  }

  /** Every {@code step}th value from one on, to neighbours. */
  private static void copy(byte[] source, int from, int step, byte[] target, int to, int count) {
    if (step == 1) {
      System.arraycopy(source, from, target, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[to + i] = source[from + i * step];
    }
  }
}
