package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Initializer;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.init.HeNormal;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.LocalResponseNorm;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * AlexNet as published: Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep
 * convolutional neural networks", 2012, figure 2 and section 3: local response normalization and
 * then overlapping pools behind the first two convolutions, and the second, fourth and fifth
 * convolution in two groups, which were two GPUs. 60,965,224 parameters for 1,000 classes,
 * 62,378,344 in one group. The paper says 224x224 but its 55x55 maps need 227x227.
 *
 * @param groups 1 or 2
 * @param initializer of all weights; the paper's is {@code {type: normal, deviation: 0.01}}, which
 *     learns from pixels of 0 to 255 but hardly from normalized ones
 */
public record AlexNet2012(
    @Default("2") int groups, @Default("\"he-normal\"") Initializer initializer) implements Model {

  public AlexNet2012 {
    if (groups != 1 && groups != 2) {
      throw new IllegalArgumentException("groups must be 1 or 2, got " + groups);
    }
  }

  /** With weights drawn for normalized images. */
  public AlexNet2012(int groups) {
    this(groups, new HeNormal());
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(3, 227, 227));
  }

  @Override
  public int usualClasses() {
    return ImageNet.CLASSES;
  }

  /** Size 5, alpha 1e-4, beta 0.75, k 2, in PyTorch's terms. */
  static LocalResponseNorm normalization() {
    return new LocalResponseNorm(5, 5e-4f, 0.75f, 2);
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder =
        Network.builder(input)
            .add("conv1", drawn(Conv2d.of(96, 11).stride(4)))
            .add("relu1", new Relu())
            .add("norm1", normalization())
            .add("pool1", pool())
            .add("conv2", drawn(Conv2d.of(256, 5).padding(2).groups(groups)))
            .add("relu2", new Relu())
            .add("norm2", normalization())
            .add("pool2", pool())
            .add("conv3", drawn(Conv2d.of(384, 3).padding(1)))
            .add("relu3", new Relu())
            .add("conv4", drawn(Conv2d.of(384, 3).padding(1).groups(groups)))
            .add("relu4", new Relu())
            .add("conv5", drawn(Conv2d.of(256, 3).padding(1).groups(groups)))
            .add("relu5", new Relu())
            .add("pool5", pool());
    return addClassifier(builder, classes, initializer).build();
  }

  private Conv2d drawn(Conv2d convolution) {
    return convolution.initializer(initializer);
  }

  private static Layer pool() {
    return MaxPool2d.of(3).stride(2);
  }

  /** The three large layers at the end, which ZFNet has too. */
  static Network.Builder addClassifier(
      Network.Builder builder, int classes, Initializer initializer) {
    return builder
        .add("flatten", new Flatten())
        .add("fc6", Linear.of(4096).initializer(initializer))
        .add("relu6", new Relu())
        .add("drop6", new Dropout(0.5f))
        .add("fc7", Linear.of(4096).initializer(initializer))
        .add("relu7", new Relu())
        .add("drop7", new Dropout(0.5f))
        .add("fc8", Linear.of(classes).initializer(initializer));
  }
}
