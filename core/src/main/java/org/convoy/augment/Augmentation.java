package org.convoy.augment;

import java.io.Serializable;
import org.convoy.tensor.Shape;

/**
 * A random change to a picture that leaves its class the same. An augmentation is a record of
 * options; it draws its random values from a context by index, never from a stream, and what it has
 * drawn is applied purely. So the same context gives the same pixels on any machine, in any order.
 *
 * <p>There are three kinds, and each is open: one that moves pixels, one that changes their values,
 * and one that chooses among others.
 */
public sealed interface Augmentation extends Serializable
    permits GeometricAugmentation, PhotometricAugmentation, CompositeAugmentation {
  /**
   * The shape of the result, whatever is drawn.
   *
   * @param image channels x height x width
   * @throws org.convoy.tensor.ShapeException if such an image cannot be augmented like this
   */
  default Shape outputShape(Shape image) {
    return image;
  }

  /** Whether any draw moves pixels. */
  boolean movesPixels();

  /** Whether any draw changes pixels' values. */
  boolean changesValues();

  /**
   * Whether any draw treats one channel otherwise than another. The frames of a volume are planes
   * as channels are, and would be taken for colors.
   */
  default boolean tellsChannelsApart() {
    return false;
  }
}
