package org.convoy.augment;

import org.convoy.image.geometry.Scratch;
import org.convoy.tensor.Tensor;

/** Drawn values, ready to be applied: the same picture always becomes the same picture. */
@FunctionalInterface
public interface ValueChange {
  /**
   * Changes values in place.
   *
   * @param image channels x height x width; values begin in [0, 1], black being 0, and may have
   *     left that range in an earlier change
   * @param scratch memory for the time of the call
   */
  void apply(Tensor image, Scratch scratch);
}
