package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/** Zero everywhere; for biases, and for layers that shall begin as if they were not there. */
public record Zeros() implements Initializer {
  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    parameter.fill(0);
  }
}
