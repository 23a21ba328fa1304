package org.convoy.image.codec;

import java.util.Arrays;
import org.convoy.image.Image;
import org.convoy.image.ImageChannels;
import org.convoy.image.RgbColor;

/** A picture while it is written, pixel by pixel, in one gray plane or in red, green and blue. */
final class PixelPlanes {
  private final int height;
  private final int width;
  private final int channels;
  private final int plane;
  private final byte[] pixels;
  private final RgbColor background;

  /**
   * @param channels 1 or 3
   * @param background on which transparent pixels lie
   */
  PixelPlanes(int channels, int height, int width, RgbColor background) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.plane = height * width;
    this.pixels = new byte[channels * plane];
    this.background = background;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int channels() {
    return channels;
  }

  /** All values, plane after plane. */
  byte[] pixels() {
    return pixels;
  }

  /** Gives all pixels from an index on the background's color. */
  void clear(int from) {
    if (from < plane) {
      color(from, background.red(), background.green(), background.blue());
      for (int channel = 0; channel < channels; channel++) {
        int first = channel * plane + from;
        Arrays.fill(pixels, first, (channel + 1) * plane, pixels[first]);
      }
    }
  }

  /** Sets pixel {@code index = row * width + column}, in 0..255. */
  void gray(int index, int value) {
    pixels[index] = (byte) value;
    if (channels == 3) {
      pixels[index + plane] = (byte) value;
      pixels[index + 2 * plane] = (byte) value;
    }
  }

  /** The same of so many pixels from this one on. */
  void gray(int index, byte[] values, int from, int count) {
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(values, from, pixels, index + channel * plane, count);
    }
  }

  /** Sets pixel {@code index = row * width + column}, each in 0..255. */
  void color(int index, int red, int green, int blue) {
    if (channels == 3) {
      pixels[index] = (byte) red;
      pixels[index + plane] = (byte) green;
      pixels[index + 2 * plane] = (byte) blue;
    } else {
      pixels[index] = (byte) ImageChannels.luma(red, green, blue);
    }
  }

  /** The same of so many pixels from this one on: a row of red, one of green and one of blue. */
  void color(int index, byte[][] rows, int count) {
    if (channels == 3) {
      for (int channel = 0; channel < 3; channel++) {
        System.arraycopy(rows[channel], 0, pixels, index + channel * plane, count);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      pixels[index + i] =
          (byte) ImageChannels.luma(rows[0][i] & 0xff, rows[1][i] & 0xff, rows[2][i] & 0xff);
    }
  }

  /** The same of 0xRRGGBB. */
  void color(int index, int rgb) {
    color(index, rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
  }

  /**
   * Lays a pixel on the background: {@code (alpha value + (255 - alpha) background) / 255},
   * rounded, of the values as the file stores them.
   *
   * @param alpha 0 (not seen) to 255
   */
  void color(int index, int red, int green, int blue, int alpha) {
    color(
        index,
        over(red, background.red(), alpha),
        over(green, background.green(), alpha),
        over(blue, background.blue(), alpha));
  }

  private static int over(int value, int under, int alpha) {
    return (alpha * value + (255 - alpha) * under + 127) / 255;
  }

  Image image() {
    return Image.of(channels, height, width, pixels);
  }
}
