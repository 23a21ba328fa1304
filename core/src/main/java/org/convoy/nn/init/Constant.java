package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * The same value everywhere.
 *
 * @param value finite
 */
public record Constant(float value) implements Initializer {
  public Constant {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("constant: expected a finite value, got " + value);
    }
  }

  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    parameter.fill(value);
  }
}
