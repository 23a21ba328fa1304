package org.convoy.image;

import java.io.Serializable;
import org.convoy.description.Default;
import org.convoy.tensor.Shape;

/**
 * Brings pictures of any size to one size. Each value is a weighted mean of the values around it: a
 * triangle of the width of one pixel of the smaller picture, so that shrinking does not skip pixels
 * (bilinear with antialiasing). Computed in whole numbers, rows and columns one after the other.
 *
 * @param size of the result
 * @param fit what happens to pictures of another aspect ratio
 */
public record ImageResizer(ImageSize size, @Default("\"crop\"") Fit fit) implements Serializable {

  /** How a picture of another aspect ratio is fitted. */
  public enum Fit {
    /** Its aspect ratio changes. */
    STRETCH,
    /** It covers the whole size; what sticks out is cut off, as much on either side. */
    CROP,
    /** All of it stays visible; what remains free is black, as much on either side. */
    PAD
  }

  /** A resized picture on an array of its own; the same picture if nothing is to do. */
  public Image resize(Image source) {
    int height = size.height();
    int width = size.width();
    if (source.height() == height && source.width() == width) {
      return source;
    }
    ImageSize scaled = scaledSize(source.height(), source.width());
    ResizeAxis rows = ResizeAxis.of(source.height(), scaled.height(), height);
    ResizeAxis columns = ResizeAxis.of(source.width(), scaled.width(), width);
    Image result = Image.black(source.channels(), height, width);
    int firstRow = rows.firstInput();
    int rowCount = rows.endInput() - firstRow;
    byte[] narrow = new byte[Shape.of(rowCount, width).elementCount()];
    for (int channel = 0; channel < source.channels(); channel++) {
      int plane = source.offset() + channel * source.height() * source.width();
      int from = plane + firstRow * source.width();
      for (int y = 0; y < rowCount; y++) {
        columns.alongRow(source.pixels(), from + y * source.width(), narrow, y * width);
      }
      rows.acrossRows(narrow, width, result.pixels(), channel * height * width);
    }
    return result;
  }

  /**
   * Where a box of a picture is after {@link #resize}, without what lies outside of the result.
   *
   * @param height of the picture
   * @param width of the picture
   */
  public Box resize(Box box, int height, int width) {
    ImageSize scaled = scaledSize(height, width);
    int rows = ResizeAxis.shift(scaled.height(), size.height());
    int columns = ResizeAxis.shift(scaled.width(), size.width());
    double down = (double) scaled.height() / height;
    double across = (double) scaled.width() / width;
    return new Box(
            box.top() * down - rows,
            box.left() * across - columns,
            box.bottom() * down - rows,
            box.right() * across - columns)
        .clip(size.height(), size.width());
  }

  /**
   * Where a box of the result lies in the picture: undoes {@link #resize(Box, int, int)}, but for
   * what lies outside of the picture.
   *
   * @param height of the picture
   * @param width of the picture
   */
  public Box restore(Box box, int height, int width) {
    ImageSize scaled = scaledSize(height, width);
    int rows = ResizeAxis.shift(scaled.height(), size.height());
    int columns = ResizeAxis.shift(scaled.width(), size.width());
    double down = (double) scaled.height() / height;
    double across = (double) scaled.width() / width;
    return new Box(
            (box.top() + rows) / down,
            (box.left() + columns) / across,
            (box.bottom() + rows) / down,
            (box.right() + columns) / across)
        .clip(height, width);
  }

  /** Size of the whole picture after scaling, before it is cropped or padded. */
  ImageSize scaledSize(int height, int width) {
    boolean wide = (long) width * size.height() > (long) height * size.width();
    return switch (fit) {
      case STRETCH -> size;
      case CROP -> wide ? ofHeight(height, width) : ofWidth(height, width);
      case PAD -> wide ? ofWidth(height, width) : ofHeight(height, width);
    };
  }

  private ImageSize ofHeight(int height, int width) {
    return new ImageSize(size.height(), rounded(width, size.height(), height));
  }

  private ImageSize ofWidth(int height, int width) {
    return new ImageSize(rounded(height, size.width(), width), size.width());
  }

  /** side * numerator / denominator, rounded, at least 1. */
  private static int rounded(int side, int numerator, int denominator) {
    long doubled = 2L * side * numerator + denominator;
    return Math.max(1, Math.toIntExact(doubled / (2L * denominator)));
  }
}
