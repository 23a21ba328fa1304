package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Uniform within ±sqrt(6 / fan-in): the variance of {@link HeNormal}. PyTorch's {@code
 * kaiming_uniform_}.
 */
public record HeUniform() implements Initializer {
  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Draw.uniform(parameter, key, Math.sqrt(6.0 / Fan.of(parameter.shape()).in()));
  }
}
