package org.convoy.image.codec;

import java.util.List;

/** What the components of a JPEG file mean. */
enum JpegColor {
  GRAY {
    @Override
    void convert(byte[] samples, int count, PixelPlanes planes) {
      for (int i = 0; i < count; i++) {
        planes.gray(i, samples[i] & 0xff);
      }
    }
  },

  RGB {
    @Override
    void convert(byte[] samples, int count, PixelPlanes planes) {
      for (int i = 0, from = 0; i < count; i++, from += 3) {
        planes.color(i, samples[from] & 0xff, samples[from + 1] & 0xff, samples[from + 2] & 0xff);
      }
    }
  },

  YCBCR {
    @Override
    void convert(byte[] samples, int count, PixelPlanes planes) {
      for (int i = 0, from = 0; i < count; i++, from += 3) {
        int luma = samples[from] & 0xff;
        int blue = (samples[from + 1] & 0xff) - 128;
        int red = (samples[from + 2] & 0xff) - 128;
        planes.color(i, red(luma, red), green(luma, blue, red), blue(luma, blue));
      }
    }
  },

  /** Ink: 255 is full. */
  CMYK {
    @Override
    void convert(byte[] samples, int count, PixelPlanes planes) {
      for (int i = 0, from = 0; i < count; i++, from += 4) {
        int key = 255 - (samples[from + 3] & 0xff);
        planes.color(
            i,
            share(255 - (samples[from] & 0xff), key),
            share(255 - (samples[from + 1] & 0xff), key),
            share(255 - (samples[from + 2] & 0xff), key));
      }
    }
  },

  /** As Adobe's programs write it: 0 is full ink. */
  INVERTED_CMYK {
    @Override
    void convert(byte[] samples, int count, PixelPlanes planes) {
      for (int i = 0, from = 0; i < count; i++, from += 4) {
        int key = samples[from + 3] & 0xff;
        planes.color(
            i,
            share(samples[from] & 0xff, key),
            share(samples[from + 1] & 0xff, key),
            share(samples[from + 2] & 0xff, key));
      }
    }
  },

  /** As Adobe's programs write it: YCbCr of the inks, 255 being full, and inverted black. */
  YCCK {
    @Override
    void convert(byte[] samples, int count, PixelPlanes planes) {
      for (int i = 0, from = 0; i < count; i++, from += 4) {
        int luma = samples[from] & 0xff;
        int blue = (samples[from + 1] & 0xff) - 128;
        int red = (samples[from + 2] & 0xff) - 128;
        int key = samples[from + 3] & 0xff;
        planes.color(
            i,
            share(255 - red(luma, red), key),
            share(255 - green(luma, blue, red), key),
            share(255 - blue(luma, blue), key));
      }
    }
  };

  private static final int HALF = 1 << 15;
  private static final List<Integer> LETTERS = List.of((int) 'R', (int) 'G', (int) 'B');

  /**
   * Sets all pixels.
   *
   * @param samples components of each pixel side by side
   * @param count number of pixels
   */
  abstract void convert(byte[] samples, int count, PixelPlanes planes);

  /** Decided by JFIF's marker, then Adobe's, then by the letters R, G, B as identifiers. */
  static JpegColor of(JpegHeader header) {
    int transform = header.adobeTransform();
    return switch (header.components().size()) {
      case 1 -> GRAY;
      case 3 -> {
        boolean letters = header.components().equals(LETTERS);
        boolean direct = transform == JpegHeader.NO_ADOBE ? letters : transform == 0;
        yield direct && !header.jfif() ? RGB : YCBCR;
      }
      default -> {
        if (transform == JpegHeader.NO_ADOBE) {
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
