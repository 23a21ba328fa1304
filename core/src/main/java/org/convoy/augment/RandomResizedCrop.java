package org.convoy.augment;

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
 * picture the largest in the middle is taken that has an allowed ratio. Without randomness it is
 * the largest in the middle of the ratio of the result. Shrinking interpolates between neighbors
 * only.
 *
 * @param size of the result in pixels
 * @param minimumArea smallest share of the picture's area, in (0, maximumArea]
 * @param maximumArea largest share, at most 1
 * @param minimumRatio smallest width / height, in (0, maximumRatio]
 * @param maximumRatio largest width / height, finite
 */
public record RandomResizedCrop(
    ImageSize size,
    @Default("0.08") double minimumArea,
    @Default("1") double maximumArea,
    @Default("0.75") double minimumRatio,
    @Default("1.3333333333333333") double maximumRatio)
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
  }

  @Override
  public Shape outputShape(Shape image) {
    return Shape.of(image.size(0), size.height(), size.width());
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    int imageHeight = image.size(1);
    int imageWidth = image.size(2);
    for (int i = 0; i < TRIES; i++) {
      double area =
          context.key().uniform(4L * i, minimumArea, maximumArea) * imageHeight * imageWidth;
      double logarithm =
          context
              .key()
              .uniform(4L * i + 1, StrictMath.log(minimumRatio), StrictMath.log(maximumRatio));
      double ratio = StrictMath.exp(logarithm);
      int height = (int) Math.rint(Math.sqrt(area / ratio));
      int width = (int) Math.rint(Math.sqrt(area * ratio));
      if (height > 0 && height <= imageHeight && width > 0 && width <= imageWidth) {
        long top = context.key().below(4L * i + 2, imageHeight - height + 1L);
        long left = context.key().below(4L * i + 3, imageWidth - width + 1L);
        return stretch(top, left, height, width);
      }
    }
    return middle(image, minimumRatio, maximumRatio);
  }

  @Override
  public InverseMap neutral(Shape image) {
    double ratio = size.width() / (double) size.height();
    return middle(image, ratio, ratio);
  }

  /** The largest rectangle in the middle whose ratio is in a range. */
  private InverseMap middle(Shape image, double smallest, double largest) {
    double ratio = image.size(2) / (double) image.size(1);
    int height = image.size(1);
    int width = image.size(2);
    if (ratio < smallest) {
      height = Math.max(1, (int) Math.rint(width / smallest));
    } else if (ratio > largest) {
      width = Math.max(1, (int) Math.rint(height * largest));
    }
    return stretch((image.size(1) - height) / 2, (image.size(2) - width) / 2, height, width);
  }

  private InverseMap stretch(long top, long left, int height, int width) {
    double rows = height / (double) size.height();
    double columns = width / (double) size.width();
    return new AffineMap(rows, 0, top + 0.5 * rows - 0.5, 0, columns, left + 0.5 * columns - 0.5);
  }

  @Override
  public Border border() {
    return Border.EDGE;
  }
}
