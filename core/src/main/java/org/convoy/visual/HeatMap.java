package org.convoy.visual;

import org.convoy.image.Image;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.tensor.Tensor;

/** Evidence as color: none is blue, or the picture below alone; most is red. */
final class HeatMap {
  /** From nothing to most: blue, cyan, green, yellow, red, with even steps between. */
  private static final int[] COLORS = {0x1b2a8f, 0x1fb4c9, 0x4fc34f, 0xf6d32d, 0xd7191c};

  /** How much of the picture the hottest color covers. */
  private static final double COVER = 0.7;

  private static final int WHITE = 255;

  private HeatMap() {}

  /**
   * Evidence as gray from 0 to its largest value, of another size.
   *
   * @param evidence height x width, nothing below 0
   */
  static Image gray(Tensor evidence, ImageSize size) {
    float largest = 0;
    for (int i = 0; i < evidence.size(); i++) {
      largest = Math.max(largest, evidence.data()[evidence.offset() + i]);
    }
    byte[] pixels = new byte[evidence.size()];
    for (int i = 0; i < pixels.length && largest > 0; i++) {
      double part = evidence.data()[evidence.offset() + i] / (double) largest;
      pixels[i] = (byte) Math.rint(part * WHITE);
    }
    Image small = Image.view(pixels, 0, evidence.shape().prepend(1));
    return new ImageResizer(size, ImageResizer.Fit.STRETCH).resize(small);
  }

  /** Colors of a gray heat map. */
  static Image colored(Image heat) {
    return blend(Image.black(3, heat.height(), heat.width()), heat, 1, 0);
  }

  /** A color picture below a gray heat map of its size; where there is no heat it stays. */
  static Image over(Image picture, Image heat) {
    return blend(picture, heat, 0, COVER);
  }

  /** Covers by {@code base + slope * heat}. */
  private static Image blend(Image picture, Image heat, double base, double slope) {
    Image result = Image.black(3, heat.height(), heat.width());
    int plane = heat.height() * heat.width();
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < plane; i++) {
        double part = (heat.pixels()[heat.offset() + i] & 0xff) / (double) WHITE;
        double cover = base + slope * part;
        int below = picture.pixels()[picture.offset() + channel * plane + i] & 0xff;
        double value = below + cover * (color(part, 16 - 8 * channel) - below);
        result.pixels()[channel * plane + i] = (byte) Math.rint(value);
      }
    }
    return result;
  }

  /** A color's byte at a shift, in 0..255. */
  private static double color(double part, int shift) {
    double place = part * (COLORS.length - 1);
    int index = Math.min((int) place, COLORS.length - 2);
    double from = COLORS[index] >> shift & 0xff;
    double to = COLORS[index + 1] >> shift & 0xff;
    return from + (place - index) * (to - from);
  }
}
