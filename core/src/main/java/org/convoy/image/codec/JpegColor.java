package org.convoy.image.codec;

import java.util.List;

/** What the components of a JPEG file mean. */
enum JpegColor {
  GRAY {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      planes.gray(target, rows[0], 0, count);
    }
  },

  RGB {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      planes.color(target, rows, count);
    }
  },

  YCBCR {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      for (int i = 0; i < count; i++) {
        int luma = rows[0][i] & 0xff;
        int blue = (rows[1][i] & 0xff) - 128;
        int red = (rows[2][i] & 0xff) - 128;
        rows[0][i] = (byte) red(luma, red);
        rows[1][i] = (byte) green(luma, blue, red);
        rows[2][i] = (byte) blue(luma, blue);
      }
      RGB.convert(rows, count, planes, target);
    }
  },

  /** Ink: 255 is full. */
  CMYK {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      for (int row = 0; row < 4; row++) {
        invert(rows[row], count);
      }
      INVERTED_CMYK.convert(rows, count, planes, target);
    }
  },

  /** As Adobe's programs write it: 0 is full ink. */
  INVERTED_CMYK {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      for (int row = 0; row < 3; row++) {
        darken(rows[row], rows[3], count);
      }
      RGB.convert(rows, count, planes, target);
    }
  },

  /** As Adobe's programs write it: YCbCr of the inks, 255 being full, and inverted black. */
  YCCK {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      for (int i = 0; i < count; i++) {
        int luma = rows[0][i] & 0xff;
        int blue = (rows[1][i] & 0xff) - 128;
        int red = (rows[2][i] & 0xff) - 128;
        rows[0][i] = (byte) (255 - red(luma, red));
        rows[1][i] = (byte) (255 - green(luma, blue, red));
        rows[2][i] = (byte) (255 - blue(luma, blue));
      }
      INVERTED_CMYK.convert(rows, count, planes, target);
    }
  };

  private static final int HALF = 1 << 15;
  private static final List<Integer> LETTERS = List.of((int) 'R', (int) 'G', (int) 'B');

  /**
   * Sets pixels of one row.
   *
   * @param rows samples of each component, which are overwritten
   * @param count number of pixels
   * @param target index of the first
   */
  abstract void convert(byte[][] rows, int count, PixelPlanes planes, int target);

  /** Decided by JFIF's marker, then Adobe's, then by the letters R, G, B as identifiers. */
  static JpegColor of(JpegFrame frame, JpegMetadata metadata) {
    int transform = metadata.adobeTransform();
    return switch (frame.components().size()) {
      case 1 -> GRAY;
      case 3 -> {
        boolean letters = frame.components().stream().map(c -> c.id).toList().equals(LETTERS);
        boolean direct = transform == JpegMetadata.NO_ADOBE ? letters : transform == 0;
        yield direct && !metadata.jfif() ? RGB : YCBCR;
      }
      default -> {
        if (transform == JpegMetadata.NO_ADOBE) {
          yield CMYK;
        }
        yield transform == 2 ? YCCK : INVERTED_CMYK;
      }
    };
  }

  /** Y + 1.402 Cr, in 16 bits after the point, as are the others. */
  private static int red(int luma, int red) {
    return clamp(luma + ((91881 * red + HALF) >> 16));
  }

  private static int green(int luma, int blue, int red) {
    return clamp(luma + ((-22554 * blue - 46802 * red + HALF) >> 16));
  }

  private static int blue(int luma, int blue) {
    return clamp(luma + ((116130 * blue + HALF) >> 16));
  }

  private static int clamp(int value) {
    return Math.min(Math.max(value, 0), 255);
  }

  private static void invert(byte[] row, int count) {
    for (int i = 0; i < count; i++) {
      row[i] = (byte) ~row[i];
    }
  }

  /** light * key / 255, rounded; the product is at most 255 * 255, for which this is exact. */
  private static void darken(byte[] light, byte[] key, int count) {
    for (int i = 0; i < count; i++) {
      light[i] = (byte) ((((light[i] & 0xff) * (key[i] & 0xff) + 128) * 257) >> 16);
    }
  }
}
