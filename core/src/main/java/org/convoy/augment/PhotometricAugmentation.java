package org.convoy.augment;

import org.convoy.tensor.Shape;

/**
 * An augmentation that changes values where they are, without moving them or changing the shape.
 */
public non-sealed interface PhotometricAugmentation extends Augmentation {
  /**
   * Draws.
   *
   * @param context run, epoch, image and this augmentation's position
   * @param image shape of the picture
   * @return what will happen to the picture, immutable
   */
  ValueChange draw(DrawContext context, Shape image);
}
