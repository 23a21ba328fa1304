package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Initializer;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.init.HeNormal;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * ZFNet: Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2013, figure 3:
 * AlexNet with a first convolution of 7x7 at stride 2, so that its filters do not alias. Maps are
 * contrast normalized behind the first two pools, here by AlexNet's local response normalization.
 * For 3x224x224 and 1,000 classes 62,357,608 parameters, or 107,627,624 with the filters that
 * lectures draw (Stanford CS231n, lecture 9).
 *
 * @param filters {@code paper}: 96-256-384-384-256; {@code lecture}: 96-256-512-1024-512
 * @param initializer of all weights; the paper's is {@code {type: normal, deviation: 0.01}}, which
 *     learns from pixels of 0 to 255 but hardly from normalized ones
 */
public record ZfNet(
    @Default("\"paper\"") Filters filters, @Default("\"he-normal\"") Initializer initializer)
    implements Model {

  /** How many filters the last three convolutions have. */
  public enum Filters {
    PAPER(384, 384, 256),
    LECTURE(512, 1024, 512);

    private final int third;
    private final int fourth;
    private final int fifth;

    Filters(int third, int fourth, int fifth) {
      this.third = third;
      this.fourth = fourth;
      this.fifth = fifth;
    }
  }

  /** With weights drawn for normalized images. */
  public ZfNet(Filters filters) {
    this(filters, new HeNormal());
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(ImageNet.CROP);
  }

  @Override
  public int usualClasses() {
    return ImageNet.CLASSES;
  }

  /** Maps of 110, 55, 26, 13 and 6 elements on a side, as in the paper. */
  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder =
        Network.builder(input)
            .add("conv1", drawn(Conv2d.of(96, 7).stride(2).padding(1)))
            .add("relu1", new Relu())
            .add("pool1", MaxPool2d.of(3).stride(2).padding(1))
            .add("norm1", AlexNet2012.normalization())
            .add("conv2", drawn(Conv2d.of(256, 5).stride(2)))
            .add("relu2", new Relu())
            .add("pool2", MaxPool2d.of(3).stride(2).padding(1))
            .add("norm2", AlexNet2012.normalization())
            .add("conv3", drawn(Conv2d.of(filters.third, 3).padding(1)))
            .add("relu3", new Relu())
            .add("conv4", drawn(Conv2d.of(filters.fourth, 3).padding(1)))
            .add("relu4", new Relu())
            .add("conv5", drawn(Conv2d.of(filters.fifth, 3).padding(1)))
            .add("relu5", new Relu())
            .add("pool5", MaxPool2d.of(3).stride(2));
    return AlexNet2012.addClassifier(builder, classes, initializer).build();
  }

  private Layer drawn(Conv2d convolution) {
    return convolution.initializer(initializer);
  }
}
