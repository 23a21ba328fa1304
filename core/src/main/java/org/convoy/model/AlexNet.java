package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.layer.AdaptiveAvgPool2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * AlexNet in one column as torchvision has it: Krizhevsky, "One weird trick for parallelizing
 * convolutional neural networks", 2014, section 5. 61,100,840 parameters for 3x224x224 and 1,000
 * classes, of any image from 63x63 on. Names, shapes and initial distributions are those of {@code
 * torchvision.models.alexnet}; the net of 2012 is {@link AlexNet2012}.
 *
 * @param dropout share dropped before the two large layers, in [0, 1)
 */
public record AlexNet(@Default("0.5") float dropout) implements Model {

  /** With half of the features dropped. */
  public AlexNet() {
    this(0.5f);
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(ImageNet.CROP);
  }

  @Override
  public int usualClasses() {
    return ImageNet.CLASSES;
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder = Network.builder(input);
    new Sequence(builder, "features")
        .add(Conv2d.of(64, 11).stride(4).padding(2), new Relu(), pool())
        .add(Conv2d.of(192, 5).padding(2), new Relu(), pool())
        .add(Conv2d.of(384, 3).padding(1), new Relu())
        .add(Conv2d.of(256, 3).padding(1), new Relu())
        .add(Conv2d.of(256, 3).padding(1), new Relu(), pool());
    builder.add("avgpool", AdaptiveAvgPool2d.of(6)).add("flatten", new Flatten());
    new Sequence(builder, "classifier")
        .add(new Dropout(dropout), Linear.of(4096), new Relu())
        .add(new Dropout(dropout), Linear.of(4096), new Relu())
        .add(Linear.of(classes));
    return builder.build();
  }

  private static MaxPool2d pool() {
    return MaxPool2d.of(3).stride(2);
  }
}
