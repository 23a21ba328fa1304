package org.convoy.image;

import java.util.Arrays;

/** Gray pictures to color and back. */
public final class ImageChannels {
  private ImageChannels() {}

  /**
   * A picture in gray or in red, green and blue: the same one if it is so already. Color becomes
   * brightness, gray becomes three equal planes.
   *
   * @param channels 1 or 3
   * @throws IllegalArgumentException if the picture has, or is to have, another number of channels
   */
  public static Image convert(Image image, int channels) {
    if (image.channels() == channels) {
      return image;
    } else if (image.channels() == 3 && channels == 1) {
      return toGray(image);
    } else if (image.channels() == 1 && channels == 3) {
      return toColor(image);
    }
    throw new IllegalArgumentException(
        String.format(
            "pictures have 1 channel (gray) or 3 (red, green, blue); cannot turn %d into %d",
            image.channels(), channels));
  }

  /** Brightness by ITU-R BT.601: 0.299 red + 0.587 green + 0.114 blue, rounded, in 16 bits. */
  public static int luma(int red, int green, int blue) {
    return (red * 19595 + green * 38470 + blue * 7471 + (1 << 15)) >> 16;
  }

  private static Image toGray(Image color) {
    int plane = color.height() * color.width();
    byte[] from = color.pixels();
    byte[] gray = new byte[plane];
    for (int i = 0; i < plane; i++) {
      int red = color.offset() + i;
      int green = red + plane;
      int blue = green + plane;
      gray[i] = (byte) luma(from[red] & 0xff, from[green] & 0xff, from[blue] & 0xff);
    }
    return Image.of(1, color.height(), color.width(), gray);
  }

  private static Image toColor(Image gray) {
    byte[] plane = gray.toArray();
    byte[] color = Arrays.copyOf(plane, 3 * plane.length);
    System.arraycopy(plane, 0, color, plane.length, plane.length);
    System.arraycopy(plane, 0, color, 2 * plane.length, plane.length);
    return Image.of(3, gray.height(), gray.width(), color);
  }
}
