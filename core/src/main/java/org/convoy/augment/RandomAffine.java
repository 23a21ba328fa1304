package org.convoy.augment;

import java.util.ArrayList;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * Slants the picture's rows, scales it, turns it to the left, all about its center, and moves it,
 * each by a value that is uniform in its range. The size stays the same.
 *
 * @param degrees largest angle by which it turns, in [0, 180]
 * @param translation largest share of height and of width by which it moves, in [0, 1]
 * @param minimumScale smallest factor, in (0, maximumScale]
 * @param maximumScale largest factor, finite
 * @param shear largest angle by which it slants, in [0, 90)
 * @param fill what is uncovered shows
 */
public record RandomAffine(
    @Default("0") double degrees,
    @Default("0") double translation,
    @Default("1") double minimumScale,
    @Default("1") double maximumScale,
    @Default("0") double shear,
    @Default("\"zero\"") Border fill)
    implements GeometricAugmentation {
  public RandomAffine {
    if (!(degrees >= 0 && degrees <= 180)) {
      throw new IllegalArgumentException("degrees must be in [0, 180], got " + degrees);
    }
    if (!(translation >= 0 && translation <= 1)) {
      throw new IllegalArgumentException("translation must be in [0, 1], got " + translation);
    }
    if (!(minimumScale > 0
        && minimumScale <= maximumScale
        && maximumScale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "scales need 0 < minimumScale <= maximumScale, got "
              + minimumScale
              + " and "
              + maximumScale);
    }
    if (!(shear >= 0 && shear < 90)) {
      throw new IllegalArgumentException("shear must be in [0, 90), got " + shear);
    }
  }

  /** What is drawn. */
  private record Values(double angle, double down, double right, double scale, double slant) {}

  private Values values(DrawContext context, Shape image) {
    return new Values(
        context.key().uniform(0, -degrees, degrees),
        context.key().uniform(1, -translation, translation) * image.size(1),
        context.key().uniform(2, -translation, translation) * image.size(2),
        context.key().uniform(3, minimumScale, maximumScale),
        context.key().uniform(4, -shear, shear));
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    Values values = values(context, image);
    double slope = StrictMath.tan(StrictMath.toRadians(values.slant));
    double inverse = 1 / values.scale;
    int height = image.size(1);
    int width = image.size(2);
    return AffineMap.shift(-values.down, -values.right)
        .then(RandomRotation.turn(values.angle, image))
        .then(AffineMap.aboutCenter(inverse, 0, 0, inverse, height, width))
        .then(AffineMap.aboutCenter(1, 0, -slope, 1, height, width));
  }

  @Override
  public String words(DrawContext context, Shape image) {
    Values values = values(context, image);
    List<String> words = new ArrayList<>();
    if (degrees > 0) {
      words.add(Words.degrees("rotated", values.angle));
    }
    if (shear > 0) {
      words.add(Words.degrees("rows sheared", values.slant));
    }
    if (minimumScale != 1 || maximumScale != 1) {
      words.add(Words.factor("scaled", values.scale));
    }
    if (translation > 0) {
      words.add(Words.moved(values.down, values.right));
    }
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  @Override
  public InverseMap neutral(Shape image) {
    return AffineMap.identity();
  }

  @Override
  public Border border() {
    return fill;
  }
}
