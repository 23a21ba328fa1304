package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * Slants the picture about its center: rows slide to the side, or columns up and down, in
 * proportion to their distance from the middle. The angle is uniform in [-degrees, degrees). The
 * size stays the same.
 *
 * @param degrees largest angle, in [0, 90)
 * @param axis horizontal: rows slide; vertical: columns slide
 * @param fill what is uncovered shows
 */
public record RandomShear(
    double degrees, @Default("\"horizontal\"") Axis axis, @Default("\"zero\"") Border fill)
    implements GeometricAugmentation {
  public RandomShear {
    if (!(degrees >= 0 && degrees < 90)) {
      throw new IllegalArgumentException("degrees must be in [0, 90), got " + degrees);
    }
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    return slant(StrictMath.tan(StrictMath.toRadians(angle(context))), image);
  }

  private double angle(DrawContext context) {
    return context.key().uniform(0, -degrees, degrees);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Words.degrees(
        axis == Axis.HORIZONTAL ? "rows sheared" : "columns sheared", angle(context));
  }

  /** The map back from a picture whose lines slide by so many pixels a line. */
  AffineMap slant(double slope, Shape image) {
    int height = image.size(1);
    int width = image.size(2);
    return switch (axis) {
      case HORIZONTAL -> AffineMap.aboutCenter(1, 0, -slope, 1, height, width);
      case VERTICAL -> AffineMap.aboutCenter(1, -slope, 0, 1, height, width);
    };
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
