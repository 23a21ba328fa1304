package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Normal with deviation sqrt(2 / (fan-in + fan-out)), a balance for activations and gradients
 * through layers with tanh; Glorot and Bengio 2010. PyTorch's {@code xavier_normal_}.
 */
public record GlorotNormal() implements Initializer {
  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Draw.normal(parameter, key, Math.sqrt(2.0 / Fan.of(parameter.shape()).sum()));
  }
}
