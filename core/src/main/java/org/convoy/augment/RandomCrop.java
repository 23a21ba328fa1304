package org.convoy.augment;

import org.convoy.description.Default;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Cuts a window of fixed size out of the picture, which may be padded first, at a place where every
 * position is equally likely. Without randomness it is the middle of the picture. CIFAR-10 is
 * usually trained with size 32 and padding 4.
 *
 * @param size of the window in pixels
 * @param padding pixels added on each of the four sides, in 0..65535
 * @param fill what the padding shows
 */
public record RandomCrop(
    ImageSize size, @Default("0") int padding, @Default("\"zero\"") Border fill)
    implements GeometricAugmentation {
  public RandomCrop {
    if (padding < 0 || padding > 65_535) {
      throw new IllegalArgumentException("padding must be in 0..65535, got " + padding);
    }
  }

  @Override
  public Shape outputShape(Shape image) {
    if (spareRows(image) < 0 || spareColumns(image) < 0) {
      throw new ShapeException(
          String.format(
              "random-crop of %s is larger than the padded image %dx%d (image %s, padding %d);"
                  + " pad more or crop less",
              size, image.size(1) + 2 * padding, image.size(2) + 2 * padding, image, padding));
    }
    return Shape.of(image.size(0), size.height(), size.width());
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    return AffineMap.shift(top(context, image), left(context, image));
  }

  private int top(DrawContext context, Shape image) {
    return (int) context.key().below(0, spareRows(image) + 1L) - padding;
  }

  private int left(DrawContext context, Shape image) {
    return (int) context.key().below(1, spareColumns(image) + 1L) - padding;
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return Words.place("crop at", top(context, image), left(context, image));
  }

  @Override
  public InverseMap neutral(Shape image) {
    return seen(View.PLAIN, image);
  }

  @Override
  public InverseMap seen(View view, Shape image) {
    return AffineMap.shift(
        place(view.row(), spareRows(image)) - padding,
        place(view.column(), spareColumns(image)) - padding);
  }

  private static int place(int side, int spare) {
    return side == 0 ? Math.floorDiv(spare, 2) : side < 0 ? 0 : spare;
  }

  /** Whether there is more than one place to cut out. */
  boolean leavesRoom(Shape image) {
    return spareRows(image) > 0 || spareColumns(image) > 0;
  }

  @Override
  public Border border() {
    return fill;
  }

  private int spareRows(Shape image) {
    return image.size(1) + 2 * padding - size.height();
  }

  private int spareColumns(Shape image) {
    return image.size(2) + 2 * padding - size.width();
  }
}
