package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * Moves the picture by whole pixels, every number of them up to a share of its height and of its
 * width with equal chance, to either side. The size stays the same.
 *
 * @param height largest share of the height by which it moves up or down, in [0, 1]
 * @param width largest share of the width by which it moves to the left or right, in [0, 1]
 * @param fill what is uncovered shows
 */
public record RandomTranslation(
    @Default("0.1") double height, @Default("0.1") double width, @Default("\"zero\"") Border fill)
    implements GeometricAugmentation {
  public RandomTranslation {
    if (!(height >= 0 && height <= 1 && width >= 0 && width <= 1)) {
      throw new IllegalArgumentException(
          "height and width must be in [0, 1], got " + height + " and " + width);
    }
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    return AffineMap.shift(-down(context, image), -right(context, image));
  }

  private int down(DrawContext context, Shape image) {
    return upTo((int) Math.rint(height * image.size(1)), 0, context);
  }

  private int right(DrawContext context, Shape image) {
    return upTo((int) Math.rint(width * image.size(2)), 1, context);
  }

  private static int upTo(int most, int draw, DrawContext context) {
    return (int) context.key().below(draw, 2L * most + 1) - most;
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Words.moved(down(context, image), right(context, image));
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
