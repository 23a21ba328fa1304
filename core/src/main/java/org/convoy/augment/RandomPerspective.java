package org.convoy.augment;

import java.util.List;
import java.util.Locale;
import org.convoy.description.Default;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.image.geometry.PerspectiveMap;
import org.convoy.image.geometry.PerspectiveMap.Point;
import org.convoy.tensor.Shape;

/**
 * Shows the picture as though it were looked at from the side: with some probability each corner
 * moves inward, down or up by a value that is uniform in [0, distortion / 2) of the height, and to
 * the side by as much of the width. The size stays the same.
 *
 * @param distortion strength, in [0, 1)
 * @param probability of a change, in [0, 1]
 * @param fill what is uncovered shows
 */
public record RandomPerspective(
    @Default("0.5") double distortion,
    @Default("0.5") double probability,
    @Default("\"zero\"") Border fill)
    implements GeometricAugmentation {
  public RandomPerspective {
    if (!(distortion >= 0 && distortion < 1)) {
      throw new IllegalArgumentException("distortion must be in [0, 1), got " + distortion);
    }
    Chance.require(probability);
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    if (!Chance.happens(context, probability) || image.size(1) == 1 || image.size(2) == 1) {
      return neutral(image);
    }
    double bottom = image.size(1) - 1.0;
    double right = image.size(2) - 1.0;
    List<Point> corners =
        List.of(
            new Point(0, 0), new Point(0, right), new Point(bottom, right), new Point(bottom, 0));
    List<Point> moved =
        List.of(
            corner(0, 0, 0, context, image),
            corner(1, 0, right, context, image),
            corner(2, bottom, right, context, image),
            corner(3, bottom, 0, context, image));
    return PerspectiveMap.ofPoints(moved, corners);
  }

  private Point corner(int index, double row, double column, DrawContext context, Shape image) {
    double down = inward(2 * index, context) * (image.size(1) - 1);
    double across = inward(2 * index + 1, context) * (image.size(2) - 1);
    return new Point(row == 0 ? down : row - down, column == 0 ? across : column - across);
  }

  private double inward(int draw, DrawContext context) {
    return context.key().uniform(draw, 0, distortion / 2);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    if (!Chance.happens(context, probability)) {
      return "no perspective";
    }
    StringBuilder words = new StringBuilder("corners inward by");
    for (int draw = 0; draw < 8; draw += 2) {
      words.append(
          String.format(
              Locale.ROOT,
              " %.0f/%.0f",
              inward(draw, context) * (image.size(1) - 1),
              inward(draw + 1, context) * (image.size(2) - 1)));
    }
    return words.toString();
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
