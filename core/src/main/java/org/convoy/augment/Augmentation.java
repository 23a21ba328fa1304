package org.convoy.augment;

import java.io.Serializable;
import org.convoy.tensor.Shape;

/**
 * A random change to a picture that leaves its class the same. An augmentation is a record of
 * options; it draws its random values from a key by index, never from a stream, and what it has
 * drawn is applied purely. So the same key gives the same pixels on any machine, in any order.
 *
 * <p>There are two kinds, and each is open: one that moves pixels and one that changes their
 * values.
 */
public sealed interface Augmentation extends Serializable
    permits GeometricAugmentation, PhotometricAugmentation {
  /**
   * The shape of the result, whatever is drawn.
   *
   * @param image channels x height x width
   * @throws org.convoy.tensor.ShapeException if such an image cannot be augmented like this
   */
  default Shape outputShape(Shape image) {
    return image;
  }
}
