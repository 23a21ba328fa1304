package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * Turns the picture about its center by an angle that is uniform in [-degrees, degrees), to the
 * left if it is positive. The size stays the same; corners leave it.
 *
 * @param degrees largest angle, in [0, 180]
 * @param fill what uncovered corners show
 */
public record RandomRotation(double degrees, @Default("\"zero\"") Border fill)
    implements GeometricAugmentation {
  public RandomRotation {
    if (!(degrees >= 0 && degrees <= 180)) {
      throw new IllegalArgumentException("degrees must be in [0, 180], got " + degrees);
    }
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    return turn(angle(context), image);
  }

  private double angle(DrawContext context) {
    return context.key().uniform(0, -degrees, degrees);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Words.degrees("rotated", angle(context));
  }

  /** The map back from a picture turned to the left. */
  static AffineMap turn(double degrees, Shape image) {
    double angle = StrictMath.toRadians(degrees);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return AffineMap.aboutCenter(cos, sin, -sin, cos, image.size(1), image.size(2));
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
