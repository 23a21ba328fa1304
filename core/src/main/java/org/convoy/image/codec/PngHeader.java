package org.convoy.image.codec;

import java.nio.ByteBuffer;

/**
 * The first chunk of a PNG file (W3C, "Portable Network Graphics specification", third edition,
 * 11.2.1).
 *
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 * @param color how many samples a pixel has, and what they mean
 * @param interlaced whether rows come in the seven passes of Adam7
 */
record PngHeader(int width, int height, int depth, Color color, boolean interlaced) {
  static final int LENGTH = 13;

  /** The color type. */
  enum Color {
    GRAY(1),
    RGB(3),
    PALETTE(1),
    GRAY_ALPHA(2),
    RGB_ALPHA(4);

    private final int samples;

    Color(int samples) {
      this.samples = samples;
    }

    int samples() {
      return samples;
    }

    boolean hasAlpha() {
      return this == GRAY_ALPHA || this == RGB_ALPHA;
    }
  }

  /**
   * @param data the chunk's data
   */
  static PngHeader read(ByteBuffer data) throws RejectedException {
    if (data.remaining() != LENGTH) {
      throw new RejectedException("PNG header has " + data.remaining() + " bytes, expected 13");
    }
    int width = data.getInt();
    int height = data.getInt();
    int depth = data.get();
    int type = data.get();
    int compression = data.get();
    int filter = data.get();
    int interlace = data.get();
    Color color = colorOf(type);
    if (!isAllowed(depth, color)
        || compression != 0
        || filter != 0
        || interlace < 0
        || interlace > 1) {
      throw new RejectedException(
          String.format(
              "PNG header asks for what does not exist:"
                  + " depth %d, color type %d, compression %d, filter %d, interlace %d",
              depth, type, compression, filter, interlace));
    }
    return new PngHeader(width, height, depth, color, interlace == 1);
  }

  private static Color colorOf(int type) throws RejectedException {
    return switch (type) {
      case 0 -> Color.GRAY;
      case 2 -> Color.RGB;
      case 3 -> Color.PALETTE;
      case 4 -> Color.GRAY_ALPHA;
      case 6 -> Color.RGB_ALPHA;
      default -> throw new RejectedException("PNG color type " + type + " does not exist");
    };
  }

  private static boolean isAllowed(int depth, Color color) {
    return switch (depth) {
      case 8 -> true;
      case 16 -> color != Color.PALETTE;
      case 1, 2, 4 -> color == Color.GRAY || color == Color.PALETTE;
      default -> false;
    };
  }

  /** Bytes of a row of this many pixels, without its filter type. */
  int rowBytes(int pixels) {
    return (int) (((long) pixels * depth * color.samples() + 7) / 8);
  }

  /** Distance in bytes between a sample and the one that filters compare it with. */
  int pixelBytes() {
    return Math.max(1, depth * color.samples() / 8);
  }
}
