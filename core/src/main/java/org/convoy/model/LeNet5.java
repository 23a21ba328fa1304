package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.tensor.Shape;

/**
 * LeNet-5 for the images of MNIST as they are: the first convolution pads 28x28 by 2 to the 32x32
 * of LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition",
 * 1998. The second convolution sees all six maps, the pools have no weights of their own and the
 * output is linear, as everybody builds it today: 61,706 parameters for 1x28x28 and ten classes.
 *
 * @param activation {@code tanh} is nearest to the paper
 * @param pooling {@code average} is nearest to the paper
 */
public record LeNet5(
    @Default("\"relu\"") Activation activation, @Default("\"max\"") PoolingKind pooling)
    implements Model {

  /** With ReLU and max pooling. */
  public LeNet5() {
    this(Activation.RELU, PoolingKind.MAX);
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(1, 28, 28));
  }

  @Override
  public Network build(Shape input, int classes) {
    return build(input, classes, Conv2d.of(6, 5).padding(2), activation, pooling);
  }

  /** Everything behind the first convolution is the same in both LeNets here. */
  static Network build(
      Shape input, int classes, Conv2d first, Activation activation, PoolingKind pooling) {
    return Network.builder(input)
        .add("conv1", first)
        .add(activation.name(1), activation.layer())
        .add("pool1", pooling.layer(2))
        .add("conv2", Conv2d.of(16, 5))
        .add(activation.name(2), activation.layer())
        .add("pool2", pooling.layer(2))
        .add("flatten", new Flatten())
        .add("fc1", Linear.of(120))
        .add(activation.name(3), activation.layer())
        .add("fc2", Linear.of(84))
        .add(activation.name(4), activation.layer())
        .add("fc3", Linear.of(classes))
        .build();
  }
}
