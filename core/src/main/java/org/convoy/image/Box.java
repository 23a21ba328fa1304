package org.convoy.image;

import java.io.Serializable;

/**
 * A rectangle in a picture, by its edges, in pixels: (0, 0) is the upper left corner of the upper
 * left pixel, and (height, width) the lower right corner of the last one. So a box around the whole
 * picture is {@code Box(0, 0, height, width)}, and mirrored columns turn {@code x} into {@code
 * width - x}. Edges may lie outside of the picture.
 *
 * @param top least row, finite
 * @param left least column, finite
 * @param bottom greatest row, at least {@code top}
 * @param right greatest column, at least {@code left}
 */
public record Box(double top, double left, double bottom, double right) implements Serializable {
  public Box {
    if (!(Double.isFinite(bottom - top) && bottom >= top)
        || !(Double.isFinite(right - left) && right >= left)) {
      throw new IllegalArgumentException(
          String.format(
              "a box needs finite edges with top <= bottom and left <= right, got top %s, left %s,"
                  + " bottom %s, right %s",
              top, left, bottom, right));
    }
  }

  /** Rows that it covers. */
  public double height() {
    return bottom - top;
  }

  /** Columns that it covers. */
  public double width() {
    return right - left;
  }

  /** Square pixels that it covers. */
  public double area() {
    return height() * width();
  }

  /** The part that lies in a picture; of a box outside of it an edge of no area. */
  public Box clip(int pictureHeight, int pictureWidth) {
    return new Box(
        clip(top, pictureHeight),
        clip(left, pictureWidth),
        clip(bottom, pictureHeight),
        clip(right, pictureWidth));
  }

  private static double clip(double edge, int size) {
    return Math.max(0, Math.min(size, edge));
  }
}
