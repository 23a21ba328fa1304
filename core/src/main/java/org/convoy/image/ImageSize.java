package org.convoy.image;

import java.io.Serializable;
import java.util.List;
import org.convoy.description.Described;

/**
 * Height and width of a picture in pixels. In descriptions a square is one number, anything else is
 * {@code [height, width]}.
 *
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 */
public record ImageSize(int height, int width) implements Described, Serializable {
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "height and width must be at least 1, got " + height + "x" + width);
    }
  }

  /** A square. */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /**
   * Reads what {@link #describe} writes.
   *
   * @throws IllegalArgumentException if it is neither a whole number nor two of them
   */
  public static ImageSize parse(Object described) {
    if (described instanceof List<?> sides && sides.size() == 2) {
      return new ImageSize(side(sides.get(0), described), side(sides.get(1), described));
    }
    return square(side(described, described));
  }

  private static int side(Object side, Object described) {
    if (side instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException(
        "expected a size such as 32 (a square) or [28, 24] (height, width), got " + described);
  }

  @Override
  public Object describe() {
    return height == width ? (Object) height : List.of(height, width);
  }

  /** Height, an {@code x}, width. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
