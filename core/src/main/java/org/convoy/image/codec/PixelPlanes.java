package org.convoy.image.codec;

import org.convoy.image.Image;
import org.convoy.image.ImageChannels;

/** A picture while it is written, pixel by pixel, in one gray plane or in red, green and blue. */
final class PixelPlanes {
  private final int height;
  private final int width;
  private final int channels;
  private final int plane;
  private final byte[] pixels;

  /**
   * @param channels 1 or 3
   */
  PixelPlanes(int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.plane = height * width;
    this.pixels = new byte[channels * plane];
  }

  int width() {
    return width;
  }

  /** Sets pixel {@code index = row * width + column}, in 0..255. */
  void gray(int index, int value) {
    pixels[index] = (byte) value;
    if (channels == 3) {
      pixels[index + plane] = (byte) value;
      pixels[index + 2 * plane] = (byte) value;
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

  /** The same of 0xRRGGBB. */
  void color(int index, int rgb) {
    color(index, rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
  }

  Image image() {
    return Image.of(channels, height, width, pixels);
  }
}
