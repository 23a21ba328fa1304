package org.convoy.model;

import java.util.Optional;
import org.convoy.nn.Network;
import org.convoy.nn.init.GlorotUniform;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * The LeNet of Caffe's MNIST example (Jia et al., "Caffe: convolutional architecture for fast
 * feature embedding", 2014; examples/mnist/lenet.prototxt): 20 and 50 filters of 5x5 with nothing
 * but a pool behind them, then 500 units with ReLU. 431,080 parameters for 1x28x28 and ten classes.
 */
public record LeNetCaffe() implements Model {
  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(1, 28, 28));
  }

  @Override
  public Network build(Shape input, int classes) {
    return Network.builder(input)
        .add("conv1", Conv2d.of(20, 5).initializer(new GlorotUniform()))
        .add("pool1", MaxPool2d.of(2))
        .add("conv2", Conv2d.of(50, 5).initializer(new GlorotUniform()))
        .add("pool2", MaxPool2d.of(2))
        .add("flatten", new Flatten())
        .add("ip1", Linear.of(500).initializer(new GlorotUniform()))
        .add("relu1", new Relu())
        .add("ip2", Linear.of(classes).initializer(new GlorotUniform()))
        .build();
  }
}
