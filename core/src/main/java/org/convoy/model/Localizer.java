package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Sigmoid;
import org.convoy.tensor.Shape;

/**
 * Says in one shot what an image shows and where: a residual network's features, and from them the
 * scores of the classes and, by a sigmoid, a box of four numbers in (0, 1) behind them, such as the
 * relative x and y of its middle, width and height; Sermanet et al., "OverFeat: integrated
 * recognition, localization and detection using convolutional networks", 2013, has such heads. To
 * be trained by {@link org.convoy.nn.loss.WeightedHeads} of cross-entropy over {@code classes} and
 * smooth L1 over 4 elements. 11,691,564 parameters for 3x224x224 and 1,000 classes on {@code
 * resnet18}, 269,982 for ten on {@code resnet20}.
 *
 * @param backbone {@code resnet20} is {@link CifarResNet}, for small images; the others {@link
 *     ResNet}
 */
public record Localizer(@Default("\"resnet18\"") Backbone backbone) implements Model {
  private static final int BOX = 4;

  /** What sees the image. */
  public enum Backbone {
    RESNET20,
    RESNET18,
    RESNET50;

    Network.Builder features(Shape input) {
      return switch (this) {
        case RESNET20 -> new CifarResNet(20).features(input);
        case RESNET18 -> new ResNet(18).features(input);
        case RESNET50 -> new ResNet(50).features(input);
      };
    }
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(backbone == Backbone.RESNET20 ? Shape.of(3, 32, 32) : ImageNet.CROP);
  }

  @Override
  public int usualClasses() {
    return backbone == Backbone.RESNET20 ? 10 : ImageNet.CLASSES;
  }

  @Override
  public int outputs(int classes) {
    return classes + BOX;
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder = backbone.features(input);
    String features = builder.last();
    return builder
        .add("fc", Linear.of(classes))
        .add("box", Linear.of(BOX), features)
        .add("box.sigmoid", new Sigmoid())
        .add("output", new Concat(), "fc", "box.sigmoid")
        .build();
  }
}
