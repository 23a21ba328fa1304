package org.convoy.nn.init;

import org.convoy.tensor.Shape;

/** Which connections of a unit an initializer counts; the modes of PyTorch's {@code kaiming_…_}. */
public enum FanMode {
  /** Those coming in: the forward pass keeps its variance. */
  FAN_IN,
  /** Those going out: the backward pass keeps its variance. */
  FAN_OUT;

  int count(Shape weight) {
    Fan fan = Fan.of(weight);
    return switch (this) {
      case FAN_IN -> fan.in();
      case FAN_OUT -> fan.out();
    };
  }
}
