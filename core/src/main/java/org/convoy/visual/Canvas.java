package org.convoy.visual;

import org.convoy.image.Image;
import org.convoy.image.ImageChannels;
import org.convoy.tensor.Shape;

/** A color picture to draw on. Colors are 0xRRGGBB; what leaves the picture is cut off. */
final class Canvas {
  private final int height;
  private final int width;
  private final byte[] pixels;

  Canvas(int height, int width, int background) {
    this.height = height;
    this.width = width;
    this.pixels = new byte[Shape.of(3, height, width).elementCount()];
    fill(0, 0, height, width, background);
  }

  Image image() {
    return Image.of(3, height, width, pixels);
  }

  void fill(int top, int left, int rows, int columns, int color) {
    for (int y = Math.max(0, top); y < Math.min(height, top + rows); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, left + columns); x++) {
        set(y, x, color);
      }
    }
  }

  /** A picture, gray or in color, each pixel as a square of {@code zoom} pixels. */
  void draw(Image image, int top, int left, int zoom) {
    Image color = ImageChannels.convert(image, 3);
    int plane = color.height() * color.width();
    for (int y = 0; y < color.height(); y++) {
      for (int x = 0; x < color.width(); x++) {
        int i = color.offset() + y * color.width() + x;
        int red = color.pixels()[i] & 0xff;
        int green = color.pixels()[i + plane] & 0xff;
        int blue = color.pixels()[i + 2 * plane] & 0xff;
        fill(top + y * zoom, left + x * zoom, zoom, zoom, red << 16 | green << 8 | blue);
      }
    }
  }

  /** One line of text. */
  void write(String text, int top, int left, int zoom, int color) {
    for (int i = 0; i < text.length(); i++) {
      String[] rows = BitmapFont.rows(text.charAt(i));
      for (int y = 0; y < rows.length; y++) {
        for (int x = 0; x < rows[y].length(); x++) {
          if (rows[y].charAt(x) == '#') {
            int column = left + (i * BitmapFont.ADVANCE + x) * zoom;
            fill(top + y * zoom, column, zoom, zoom, color);
          }
        }
      }
    }
  }

  private void set(int y, int x, int color) {
    int i = y * width + x;
    int plane = height * width;
    pixels[i] = (byte) (color >> 16);
    pixels[i + plane] = (byte) (color >> 8);
    pixels[i + 2 * plane] = (byte) color;
  }
}
