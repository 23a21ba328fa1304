package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.init.HeNormal;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * Network in Network: Lin, Chen and Yan, 2013, figure 2: every convolution is followed by two of
 * 1x1 (a small network at each position), and the last maps, one for each class, are averaged
 * instead of flattened. The layers are those of the authors' files in Caffe's model zoo: 7,595,176
 * parameters for 3x224x224 and 1,000 classes, 966,986 for 3x32x32 and 10. Weights begin as He et
 * al. 2015 advise. The maps of the classes have no ReLU (the authors' have one): a class whose map
 * is 0 everywhere would never learn again.
 *
 * @param images {@code image-net} or {@code cifar}: which of the two networks
 */
public record NetworkInNetwork(@Default("\"image-net\"") Images images) implements Model {

  /** What the authors trained on. */
  public enum Images {
    IMAGE_NET,
    CIFAR
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(images == Images.CIFAR ? Shape.of(3, 32, 32) : ImageNet.CROP);
  }

  @Override
  public int usualClasses() {
    return images == Images.CIFAR ? 10 : ImageNet.CLASSES;
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder = Network.builder(input);
    switch (images) {
      case IMAGE_NET -> addForImageNet(builder, classes);
      case CIFAR -> addForCifar(builder, classes);
    }
    return builder.add("pool4", new GlobalAvgPool()).add("flatten", new Flatten()).build();
  }

  private static void addForImageNet(Network.Builder builder, int classes) {
    addBlock(builder, 1, Conv2d.of(96, 11).stride(4), 96, 96);
    builder.add("relu-cccp2", new Relu()).add("pool1", pool());
    addBlock(builder, 2, Conv2d.of(256, 5).padding(2), 256, 256);
    builder.add("relu-cccp4", new Relu()).add("pool2", pool());
    addBlock(builder, 3, Conv2d.of(384, 3).padding(1), 384, 384);
    builder.add("relu-cccp6", new Relu()).add("pool3", pool()).add("drop3", new Dropout(0.5f));
    addBlock(builder, 4, Conv2d.of(1024, 3).padding(1), 1024, classes);
  }

  private static void addForCifar(Network.Builder builder, int classes) {
    addBlock(builder, 1, Conv2d.of(192, 5).padding(2), 160, 96);
    builder.add("relu-cccp2", new Relu()).add("pool1", pool()).add("drop1", new Dropout(0.5f));
    addBlock(builder, 2, Conv2d.of(192, 5).padding(2), 192, 192);
    builder
        .add("relu-cccp4", new Relu())
        .add("pool2", AvgPool2d.of(3).stride(2).withCeilMode())
        .add("drop2", new Dropout(0.5f));
    addBlock(builder, 3, Conv2d.of(192, 3).padding(1), 192, classes);
  }

  private static MaxPool2d pool() {
    return MaxPool2d.of(3).stride(2).withCeilMode();
  }

  /** A convolution and two of 1x1, with ReLU between; cccp is Caffe's "cascaded cross channel". */
  private static void addBlock(
      Network.Builder builder, int number, Conv2d convolution, int first, int second) {
    String before = "cccp" + (2 * number - 1);
    builder
        .add("conv" + number, convolution.initializer(new HeNormal()))
        .add("relu-conv" + number, new Relu())
        .add(before, Conv2d.of(first, 1).initializer(new HeNormal()))
        .add("relu-" + before, new Relu())
        .add("cccp" + 2 * number, Conv2d.of(second, 1).initializer(new HeNormal()));
  }
}
