package org.convoy.augment;

import org.convoy.image.ImageSize;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Cuts the middle out of the picture, in training as in evaluation; nothing is random.
 *
 * @param size of the window in pixels, not larger than the picture
 */
public record CenterCrop(ImageSize size) implements GeometricAugmentation {
  @Override
  public Shape outputShape(Shape image) {
    if (image.size(1) < size.height() || image.size(2) < size.width()) {
      throw new ShapeException(
          String.format(
              "center-crop of %s is larger than the image %s; crop less, or resize first",
              size, image));
    }
    return Shape.of(image.size(0), size.height(), size.width());
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    return neutral(image);
  }

  @Override
  public InverseMap neutral(Shape image) {
    return AffineMap.shift(
        Math.floorDiv(image.size(1) - size.height(), 2),
        Math.floorDiv(image.size(2) - size.width(), 2));
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return "middle " + size;
  }
}
