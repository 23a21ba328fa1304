package org.convoy.augment;

import java.util.Locale;
import org.convoy.description.Default;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * Cuts out a rectangle of random area, aspect ratio and place, and stretches it to a fixed size
 * (Szegedy et al., "Going deeper with convolutions", CVPR 2015, section 6). The area is uniform,
 * the logarithm of the ratio is uniform; ten rectangles are tried, and if none lies inside of the
 * picture the largest in the middle is taken that has an allowed ratio.
 *
 * <p>Without randomness it is a rectangle in the middle of the ratio of the result: the largest
 * one, or a share of it on either side. A share of 0.875 shows what resizing the shorter side to
 * 256 and cutting out the middle 224 shows.
 *
 * @param size of the result in pixels
 * @param minimumArea smallest share of the picture's area, in (0, maximumArea]
 * @param maximumArea largest share, at most 1
 * @param minimumRatio smallest width / height, in (0, maximumRatio]
 * @param maximumRatio largest width / height, finite
 * @param middle share of the largest rectangle's sides that is seen without randomness, in (0, 1]
 */
public record RandomResizedCrop(
    ImageSize size,
    @Default("0.08") double minimumArea,
    @Default("1") double maximumArea,
    @Default("0.75") double minimumRatio,
    @Default("1.3333333333333333") double maximumRatio,
    @Default("1") double middle)
    implements GeometricAugmentation {
  private static final int TRIES = 10;

  public RandomResizedCrop {
    if (!(minimumArea > 0 && minimumArea <= maximumArea && maximumArea <= 1)) {
      throw new IllegalArgumentException(
          "areas need 0 < minimumArea <= maximumArea <= 1, got "
              + minimumArea
              + " and "
              + maximumArea);
    }
    if (!(minimumRatio > 0
        && minimumRatio <= maximumRatio
        && maximumRatio < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ratios need 0 < minimumRatio <= maximumRatio, got "
              + minimumRatio
              + " and "
              + maximumRatio);
    }
    if (!(middle > 0 && middle <= 1)) {
      throw new IllegalArgumentException("middle must be in (0, 1], got " + middle);
    }
  }

  /** All of the largest rectangle is seen without randomness. */
  public RandomResizedCrop(
      ImageSize size,
      double minimumArea,
      double maximumArea,
      double minimumRatio,
      double maximumRatio) {
    this(size, minimumArea, maximumArea, minimumRatio, maximumRatio, 1);
  }

  /** A rectangle of whole pixels of the picture. */
  private record Window(int top, int left, int height, int width) {}

  @Override
  public Shape outputShape(Shape image) {
    return Shape.of(image.size(0), size.height(), size.width());
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    Window window = window(context, image);
    return stretch(window.top, window.left, window.height, window.width);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    Window window = window(context, image);
    return String.format(
        Locale.ROOT,
        "crop %dx%d at row %d column %d",
        window.height,
        window.width,
        window.top,
        window.left);
  }

  private Window window(DrawContext context, Shape image) {
    int imageHeight = image.size(1);
    int imageWidth = image.size(2);
    double smallest = StrictMath.log(minimumRatio);
    double largest = StrictMath.log(maximumRatio);
    for (int i = 0; i < TRIES; i++) {
      double share = context.key().uniform(4L * i, minimumArea, maximumArea);
      double area = share * imageHeight * imageWidth;
      double ratio = StrictMath.exp(context.key().uniform(4L * i + 1, smallest, largest));
      int height = (int) Math.rint(Math.sqrt(area / ratio));
      int width = (int) Math.rint(Math.sqrt(area * ratio));
      if (height > 0 && height <= imageHeight && width > 0 && width <= imageWidth) {
        int top = (int) context.key().below(4L * i + 2, imageHeight - height + 1L);
        int left = (int) context.key().below(4L * i + 3, imageWidth - width + 1L);
        return new Window(top, left, height, width);
      }
    }
    return largest(image, minimumRatio, maximumRatio);
  }

  @Override
  public InverseMap neutral(Shape image) {
    double ratio = size.width() / (double) size.height();
    Window window = largest(image, ratio, ratio);
    double height = middle * window.height;
    double width = middle * window.width;
    double top = window.top + (window.height - height) / 2;
    double left = window.left + (window.width - width) / 2;
    return stretch(top, left, height, width);
  }

  /** The largest rectangle in the middle whose ratio is in a range. */
  private static Window largest(Shape image, double smallest, double largest) {
    double ratio = image.size(2) / (double) image.size(1);
    int height = image.size(1);
    int width = image.size(2);
    if (ratio < smallest) {
      height = Math.max(1, (int) Math.rint(width / smallest));
    } else if (ratio > largest) {
      width = Math.max(1, (int) Math.rint(height * largest));
    }
    return new Window((image.size(1) - height) / 2, (image.size(2) - width) / 2, height, width);
  }

  private InverseMap stretch(double top, double left, double height, double width) {
    double rows = height / size.height();
    double columns = width / size.width();
    return new AffineMap(rows, 0, top + 0.5 * rows - 0.5, 0, columns, left + 0.5 * columns - 0.5);
  }

  @Override
  public Border border() {
    return Border.EDGE;
  }
}
