package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Uniform within ±1 / sqrt(fan-in), weight and bias alike: what PyTorch's convolutions and linear
 * layers begin with, and ours when nothing else is said.
 */
public record FanInUniform() implements Initializer {
  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Draw.uniform(parameter, key, bound(parameter.shape()));
  }

  /** The bias is drawn within the bound of its weight. */
  @Override
  public Initializer forBias(Shape weight) {
    return new Uniform(bound(weight));
  }

  private static double bound(Shape weight) {
    return 1 / Math.sqrt(Fan.of(weight).in());
  }
}
