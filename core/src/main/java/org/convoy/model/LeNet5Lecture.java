package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Conv2d;
import org.convoy.tensor.Shape;

/**
 * The LeNet-5 that Andrew Ng draws for 32x32 colour images ("Convolutional Neural Networks", week
 * 1): eight filters in the first convolution, no padding, 62,958 parameters for ten classes.
 */
public record LeNet5Lecture(
    @Default("\"relu\"") Activation activation, @Default("\"max\"") PoolingKind pooling)
    implements Model {

  /** With ReLU and max pooling. */
  public LeNet5Lecture() {
    this(Activation.RELU, PoolingKind.MAX);
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(3, 32, 32));
  }

  @Override
  public Network build(Shape input, int classes) {
    return LeNet5.build(input, classes, Conv2d.of(8, 5), activation, pooling);
  }
}
