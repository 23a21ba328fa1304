package org.convoy.model;

import java.util.List;
import org.convoy.nn.Initializer;
import org.convoy.nn.Network;
import org.convoy.nn.init.GlorotUniform;
import org.convoy.nn.init.Normal;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;

/**
 * Adds the pieces of {@link GoogLeNet} to a network. Weights begin normal with deviation 0.01 (as
 * torchvision's) where batch normalization follows, else as Glorot and Bengio 2010 advise (as
 * Caffe's).
 */
final class Inception {
  private static final double EPS = 0.001;
  private static final double MOMENTUM = 0.1;

  private final Network.Builder builder;
  private final boolean batchNorm;

  Inception(Network.Builder builder, boolean batchNorm) {
    this.builder = builder;
    this.batchNorm = batchNorm;
  }

  /** A convolution with ReLU, and batch normalization between them. */
  void addConvolution(String name, Conv2d convolution) {
    if (batchNorm) {
      builder
          .add(name + ".conv", convolution.withoutBias().initializer(initializer()))
          .add(name + ".bn", new BatchNorm2d(EPS, MOMENTUM, true, false));
    } else {
      builder.add(name + ".conv", convolution.initializer(initializer()));
    }
    builder.add(name + ".relu", new Relu());
  }

  /** A fully connected layer. */
  Linear units(int count) {
    return Linear.of(count).initializer(initializer());
  }

  private Initializer initializer() {
    return batchNorm ? new Normal(0.01) : new GlorotUniform();
  }

  /**
   * Four branches side by side.
   *
   * @param single filters of the 1x1 branch
   * @param triple filters of the 1x1 reduction and the 3x3 behind it
   * @param quintuple filters of the 1x1 reduction and the 5x5 behind it
   * @param pooled filters of the 1x1 behind the pool
   */
  void add(String name, int single, List<Integer> triple, List<Integer> quintuple, int pooled) {
    String input = builder.last();
    addConvolution(name + ".branch1", Conv2d.of(single, 1));
    String first = builder.last();
    builder.from(input);
    addConvolution(name + ".branch2.0", Conv2d.of(triple.get(0), 1));
    addConvolution(name + ".branch2.1", Conv2d.of(triple.get(1), 3).padding(1));
    String second = builder.last();
    builder.from(input);
    int size = batchNorm ? 3 : 5;
    addConvolution(name + ".branch3.0", Conv2d.of(quintuple.get(0), 1));
    addConvolution(name + ".branch3.1", Conv2d.of(quintuple.get(1), size).padding(size / 2));
    String third = builder.last();
    builder.add(name + ".branch4.0", MaxPool2d.of(3).stride(1).padding(1), input);
    addConvolution(name + ".branch4.1", Conv2d.of(pooled, 1));
    builder.add(name, new Concat(), first, second, third, builder.last());
  }
}
