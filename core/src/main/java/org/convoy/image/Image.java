package org.convoy.image;

import java.util.Arrays;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * A picture as unsigned bytes: a window on a {@code byte[]}, one plane per channel, each plane row
 * by row. Channels are gray, or red, green, blue, or of a volume the frames of each of those; 0 is
 * black.
 *
 * <p>An image does not own its array: many images may lie in one, as a chunk of training data does.
 */
public final class Image {
  private final byte[] pixels;
  private final int offset;
  private final Shape shape;

  private Image(byte[] pixels, int offset, Shape shape) {
    this.pixels = pixels;
    this.offset = offset;
    this.shape = shape;
  }

  /**
   * A window that begins at {@code offset}; the pixels are not copied.
   *
   * @param shape channels x height x width
   * @throws ShapeException if the shape has not three axes or the window leaves the array
   */
  public static Image view(byte[] pixels, int offset, Shape shape) {
    if (shape.rank() != 3) {
      throw new ShapeException(
          "an image has the three axes channels x height x width, got shape " + shape);
    }
    if (offset < 0 || (long) offset + shape.elementCount() > pixels.length) {
      throw new ShapeException(
          String.format(
              "an image of shape %s at offset %d leaves an array of %d bytes",
              shape, offset, pixels.length));
    }
    return new Image(pixels, offset, shape);
  }

  /** An image on all of the given bytes, which are not copied. */
  public static Image of(int channels, int height, int width, byte... pixels) {
    Shape shape = Shape.of(channels, height, width);
    if (pixels.length != shape.elementCount()) {
      throw new ShapeException(
          "shape " + shape + " needs " + shape.elementCount() + " bytes, got " + pixels.length);
    }
    return new Image(pixels, 0, shape);
  }

  /** A black image on an array of its own. */
  public static Image black(int channels, int height, int width) {
    Shape shape = Shape.of(channels, height, width);
    return new Image(new byte[shape.elementCount()], 0, shape);
  }

  /** The array below, shared with whoever else has a window on it. */
  public byte[] pixels() {
    return pixels;
  }

  /** Index in {@link #pixels} of this image's first byte. */
  public int offset() {
    return offset;
  }

  /** Channels x height x width. */
  public Shape shape() {
    return shape;
  }

  /** Number of planes. */
  public int channels() {
    return shape.size(0);
  }

  /** Number of rows. */
  public int height() {
    return shape.size(1);
  }

  /** Number of columns. */
  public int width() {
    return shape.size(2);
  }

  /** One value, in 0..255; for tests and messages, not for loops that matter. */
  public int get(int channel, int row, int column) {
    if (channel < 0
        || channel >= channels()
        || row < 0
        || row >= height()
        || column < 0
        || column >= width()) {
      throw new IndexOutOfBoundsException(
          String.format(
              "channel %d, row %d, column %d leaves an image of shape %s",
              channel, row, column, shape));
    }
    return pixels[offset + (channel * height() + row) * width() + column] & 0xff;
  }

  /** A copy of the bytes: channels x height x width. */
  public byte[] toArray() {
    return Arrays.copyOfRange(pixels, offset, offset + shape.elementCount());
  }

  @Override
  public String toString() {
    return "Image " + shape;
  }
}
