package org.convoy.augment;

import java.io.Serializable;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;

/**
 * A random change that makes two pictures of a batch into two mixtures of them. Draws everything
 * random first, applies it purely after. A mixing is a record, registered in {@link Mixings}.
 */
public interface Mixing extends Serializable {
  /**
   * Checks that pictures of a shape can be mixed so.
   *
   * @throws org.convoy.tensor.ShapeException if not
   */
  default void check(Shape picture) {}

  /**
   * Draws how a pair is mixed.
   *
   * @param key names run, epoch and pair
   * @param picture channels x height x width
   */
  Mixture draw(RandomKey key, Shape picture);

  /** How one pair is mixed. */
  interface Mixture {
    /** How much the first picture keeps of its own, and the second of its own, 0..1. */
    double share();

    /**
     * Mixes two pictures in place.
     *
     * @param values has both pictures, planar
     * @param first where the first one begins
     * @param second where the other one begins
     */
    void apply(float[] values, int first, int second);
  }
}
