package org.convoy.nn.init;

import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Normal with mean 0, whatever the shape; AlexNet and ZFNet begin with deviation 0.01.
 *
 * @param deviation finite, above 0
 */
public record Normal(double deviation) implements Initializer {
  public Normal {
    if (!(deviation > 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException("normal: deviation must be above 0, got " + deviation);
    }
  }

  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Draw.normal(parameter, key, deviation);
  }
}
