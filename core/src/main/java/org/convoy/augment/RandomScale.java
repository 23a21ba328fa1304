package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * Enlarges the picture about its center by a factor that is uniform in [minimum, maximum). The size
 * stays the same.
 *
 * @param minimum smallest factor, in (0, maximum]; below 1 shrinks
 * @param maximum largest factor, finite
 * @param fill what a shrunk picture uncovers shows
 */
public record RandomScale(double minimum, double maximum, @Default("\"zero\"") Border fill)
    implements GeometricAugmentation {
  public RandomScale {
    if (!(minimum > 0 && minimum <= maximum && maximum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "minimum and maximum need 0 < minimum <= maximum, got " + minimum + " and " + maximum);
    }
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    double inverse = 1 / factor(context);
    return AffineMap.aboutCenter(inverse, 0, 0, inverse, image.size(1), image.size(2));
  }

  private double factor(DrawContext context) {
    return context.key().uniform(0, minimum, maximum);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Words.factor("scaled", factor(context));
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
