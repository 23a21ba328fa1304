package org.convoy.augment;

import org.convoy.tensor.Shape;

/**
 * An augmentation that draws which others happen. It keeps the shape, whatever is drawn, and
 * nothing happens where nothing random may.
 *
 * <p>It may hold both kinds: then what it draws of those that move pixels is composed with the rest
 * of the geometry, in the order drawn, and those that change values follow in theirs, since pixels
 * are interpolated once and not between two changes of values. That differs from one after another
 * where a border is uncovered (it is black before values change, not after) and where a change
 * looks at the whole picture (it sees what the geometry left).
 */
public non-sealed interface CompositeAugmentation extends Augmentation {
  /**
   * Draws.
   *
   * @param context run, epoch, image and this augmentation's position; those of the members are one
   *     step further down
   * @param image shape of the picture
   * @param drawing receives what was drawn
   */
  void draw(DrawContext context, Shape image, Drawing drawing);
}
