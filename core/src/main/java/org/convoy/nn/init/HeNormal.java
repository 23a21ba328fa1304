package org.convoy.nn.init;

import org.convoy.description.Default;
import org.convoy.nn.Initializer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Normal with deviation sqrt(2 / fan), which keeps the variance of activations (fan-in) or of
 * gradients (fan-out) through layers with ReLU; He, Zhang, Ren and Sun 2015. PyTorch's {@code
 * kaiming_normal_}.
 *
 * @param mode {@code fan-in} or {@code fan-out}
 */
public record HeNormal(@Default("\"fan-in\"") FanMode mode) implements Initializer {

  /** By the connections that come in. */
  public HeNormal() {
    this(FanMode.FAN_IN);
  }

  @Override
  public void initialize(Tensor parameter, RandomKey key) {
    Draw.normal(parameter, key, Math.sqrt(2.0 / mode.count(parameter.shape())));
  }
}
