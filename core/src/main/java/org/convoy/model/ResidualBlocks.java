package org.convoy.model;

import org.convoy.nn.Network;
import org.convoy.nn.init.FanMode;
import org.convoy.nn.init.HeNormal;
import org.convoy.nn.layer.Add;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Relu;

/**
 * Adds residual blocks, y = relu(x + f(x)), to a network, with torchvision's names: He, Zhang, Ren
 * and Sun, "Deep residual learning for image recognition", 2016, figure 5.
 */
final class ResidualBlocks {
  /** A bottleneck's last convolution has this many times the filters of its others. */
  static final int EXPANSION = 4;

  private final Network.Builder builder;
  private final Shortcut shortcut;
  private final boolean zeroInitResidual;
  private int channels;

  /**
   * @param channels of the node added last
   * @param zeroInitResidual whether the blocks begin as the identity
   */
  ResidualBlocks(
      Network.Builder builder, int channels, Shortcut shortcut, boolean zeroInitResidual) {
    this.builder = builder;
    this.channels = channels;
    this.shortcut = shortcut;
    this.zeroInitResidual = zeroInitResidual;
  }

  /** Where a bottleneck has its stride. */
  public enum BottleneckStride {
    /** On the first 1x1 convolution, as in the paper. */
    FIRST,
    /** On the 3x3 convolution ("v1.5"): dearer, and half a percent better on ImageNet. */
    MIDDLE
  }

  /** Convolutions of 3x3 and 3x3. */
  void addBasic(String name, int filters, int stride) {
    String input = builder.last();
    addConvolution(name, 1, Conv2d.of(filters, 3).stride(stride).padding(1), new BatchNorm2d());
    builder.add(name + ".relu1", new Relu());
    addConvolution(name, 2, Conv2d.of(filters, 3).padding(1), lastNorm());
    addSum(name, input, filters, stride);
  }

  /** Convolutions of 1x1, 3x3 and 1x1, the last with {@link #EXPANSION} times the filters. */
  void addBottleneck(String name, int filters, int stride, BottleneckStride place) {
    String input = builder.last();
    int first = place == BottleneckStride.FIRST ? stride : 1;
    addConvolution(name, 1, Conv2d.of(filters, 1).stride(first), new BatchNorm2d());
    builder.add(name + ".relu1", new Relu());
    addConvolution(
        name, 2, Conv2d.of(filters, 3).stride(stride / first).padding(1), new BatchNorm2d());
    builder.add(name + ".relu2", new Relu());
    addConvolution(name, 3, Conv2d.of(EXPANSION * filters, 1), lastNorm());
    addSum(name, input, EXPANSION * filters, stride);
  }

  private BatchNorm2d lastNorm() {
    return new BatchNorm2d().initialWeight(zeroInitResidual ? 0 : 1);
  }

  private void addConvolution(String name, int number, Conv2d convolution, BatchNorm2d norm) {
    builder.add(name + ".conv" + number, drawn(convolution)).add(name + ".bn" + number, norm);
  }

  private void addSum(String name, String input, int filters, int stride) {
    String residual = builder.last();
    String straight = shortcut.add(builder, name, input, channels, filters, stride);
    builder.add(name + ".add", new Add(), residual, straight).add(name + ".relu", new Relu());
    channels = filters;
  }

  /** Without bias, as a normalization follows, and with the variance of gradients kept. */
  static Conv2d drawn(Conv2d convolution) {
    return convolution.withoutBias().initializer(new HeNormal(FanMode.FAN_OUT));
  }
}
