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

  /** What {@link #draw} draws, in a few words for people, such as {@code brightness x1.25}. */
  String words(DrawContext context, Shape image);

  @Override
  default boolean movesPixels() {
    return false;
  }

  @Override
  default boolean changesValues() {
    return true;
  }
}
