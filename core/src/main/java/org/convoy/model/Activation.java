package org.convoy.model;

import java.util.Locale;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Sigmoid;
import org.convoy.nn.layer.Silu;
import org.convoy.nn.layer.Tanh;

/** The nonlinearity between a model's layers, where there is a choice. */
public enum Activation {
  RELU,
  TANH,
  SIGMOID,
  SILU;

  /** A layer that computes it. */
  public Layer layer() {
    return switch (this) {
      case RELU -> new Relu();
      case TANH -> new Tanh();
      case SIGMOID -> new Sigmoid();
      case SILU -> new Silu();
    };
  }

  /** What a model calls the layer with this number, for example {@code relu1}. */
  public String name(int number) {
    return name().toLowerCase(Locale.ROOT) + number;
  }
}
