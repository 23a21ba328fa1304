package org.convoy.image.codec;

import java.util.List;

/** What the components of a JPEG file mean. */
enum JpegColor {
  GRAY {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      planes.gray(target, rows[0], count);
    }
  },

  RGB {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      for (int i = 0; i < count; i++) {
        planes.color(target + i, rows[0][i] & 0xff, rows[1][i] & 0xff, rows[2][i] & 0xff);
      }
    }
  },

  YCBCR {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      for (int i = 0; i < count; i++) {
        int luma = rows[0][i] & 0xff;
        int blue = (rows[1][i] & 0xff) - 128;
        int red = (rows[2][i] & 0xff) - 128;
        planes.color(target + i, red(luma, red), green(luma, blue, red), blue(luma, blue));
      }
    }
  },

  /** Ink: 255 is full. */
  CMYK {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      for (int i = 0; i < count; i++) {
        int key = 255 - (rows[3][i] & 0xff);
        planes.color(
            target + i,
            share(255 - (rows[0][i] & 0xff), key),
            share(255 - (rows[1][i] & 0xff), key),
            share(255 - (rows[2][i] & 0xff), key));
      }
    }
  },

  /** As Adobe's programs write it: 0 is full ink. */
  INVERTED_CMYK {
    @Override
    void convert(byte[][] rows, int count, PixelPlanes planes, int target) {
      for (int i = 0; i < count; i++) {
        int key = rows[3][i] & 0xff;
        planes.color(
            target + i,
            share(rows[0][i] & 0xff, key),
            share(rows[1][i] & 0xff, key),
            share(rows[2][i] & 0xff, key));
      }
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
        int key = rows[3][i] & 0xff;
        planes.color(
            target + i,
            share(255 - red(luma, red), key),
            share(255 - green(luma, blue, red), key),
            share(255 - blue(luma, blue), key));
      }
    }
  };

  private static final int HALF = 1 << 15;
  private static final List<Integer> LETTERS = List.of((int) 'R', (int) 'G', (int) 'B');

  /**
   * Sets pixels of one row.
   *
   * @param rows samples of each component
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

  /** light * key / 255, rounded. */
  private static int share(int light, int key) {
    return (light * key + 127) / 255;
  }
}
