package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Uniform within ±sqrt(6 / (fan-in + fan-out)): the variance of {@link GlorotNormal}. PyTorch's
 * {@code xavier_uniform_}.
 */
public record GlorotUniform() implements Initializer {
  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Draw.uniform(parameter, key, Math.sqrt(6.0 / Fan.of(parameter.shape()).sum()));
  }
}
