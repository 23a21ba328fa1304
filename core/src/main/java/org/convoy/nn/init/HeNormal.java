package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Normal with deviation sqrt(2 / fan-in), which keeps the variance of activations through layers
 * with ReLU; He, Zhang, Ren and Sun 2015. PyTorch's {@code kaiming_normal_}.
 */
public record HeNormal() implements Initializer {
  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Draw.normal(parameter, key, Math.sqrt(2.0 / Fan.of(parameter.shape()).in()));
  }
}
