package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Uniform within ±bound, whatever the shape.
 *
 * @param bound finite, above 0
 */
public record Uniform(double bound) implements Initializer {
  public Uniform {
    if (!(bound > 0 && Double.isFinite(bound))) {
      throw new IllegalArgumentException("uniform: bound must be above 0, got " + bound);
    }
  }

  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Draw.uniform(parameter, key, bound);
  }
}
