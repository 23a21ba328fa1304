package org.convoy.augment;

import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * An augmentation that moves pixels. It does not touch them: it says for each position of the
 * result where it comes from, and all geometric augmentations of a pipeline are followed back
 * together, so that pixels are interpolated once.
 */
public non-sealed interface GeometricAugmentation extends Augmentation {
  /**
   * Draws.
   *
   * @param context run, epoch, image and this augmentation's position
   * @param image shape of the input
   * @return the map from {@link #outputShape} back to the input, immutable
   */
  InverseMap draw(DrawContext context, Shape image);

  /** The map that is used where nothing random may happen, as in evaluation. */
  InverseMap neutral(Shape image);

  /** What {@link #draw} draws, in a few words for people, such as {@code rotated -12.3 degrees}. */
  String words(DrawContext context, Shape image);

  /** The map that is used where a view is looked at; only one that cuts out has a choice. */
  default InverseMap seen(View view, Shape image) {
    return neutral(image);
  }

  /** What the result shows of places outside of the input. */
  default Border border() {
    return Border.ZERO;
  }

  @Override
  default boolean movesPixels() {
    return true;
  }

  @Override
  default boolean changesValues() {
    return false;
  }
}
