package org.convoy.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.init.FanMode;
import org.convoy.nn.init.HeNormal;
import org.convoy.nn.init.Normal;
import org.convoy.nn.layer.AdaptiveAvgPool2d;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * VGG: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image
 * recognition", 2014, table 1, columns A, B, D and E: five stages of 3x3 convolutions, each ended
 * by a pool of 2x2, and three large layers. 132,863,336, 133,047,848, 138,357,544 and 143,667,240
 * parameters for 3x224x224 and 1,000 classes with 11, 13, 16 and 19 layers, of any image from 32x32
 * on. Names, shapes and initial distributions are those of {@code torchvision.models.vgg}.
 *
 * @param depth 11, 13, 16 or 19
 * @param batchNorm whether every convolution is followed by batch normalization (Ioffe and Szegedy
 *     2015; not in the paper)
 * @param dropout share dropped behind the two large layers, in [0, 1)
 */
public record Vgg(
    @Default("16") int depth, @Default("false") boolean batchNorm, @Default("0.5") float dropout)
    implements Model {

  /** Convolutions of each stage. */
  private static final Map<Integer, List<Integer>> STAGES =
      Map.of(
          11, List.of(1, 1, 2, 2, 2),
          13, List.of(2, 2, 2, 2, 2),
          16, List.of(2, 2, 3, 3, 3),
          19, List.of(2, 2, 4, 4, 4));

  private static final List<Integer> FILTERS = List.of(64, 128, 256, 512, 512);

  public Vgg {
    if (!STAGES.containsKey(depth)) {
      throw new IllegalArgumentException("depth must be 11, 13, 16 or 19, got " + depth);
    }
  }

  /** With half of the features dropped. */
  public Vgg(int depth, boolean batchNorm) {
    this(depth, batchNorm, 0.5f);
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
    addFeatures(new Sequence(builder, "features"));
    builder.add("avgpool", AdaptiveAvgPool2d.of(7)).add("flatten", new Flatten());
    new Sequence(builder, "classifier")
        .add(units(4096), new Relu(), new Dropout(dropout))
        .add(units(4096), new Relu(), new Dropout(dropout))
        .add(units(classes));
    return builder.build();
  }

  private void addFeatures(Sequence features) {
    for (int stage = 0; stage < FILTERS.size(); stage++) {
      for (int i = 0; i < STAGES.get(depth).get(stage); i++) {
        features.add(
            Conv2d.of(FILTERS.get(stage), 3).padding(1).initializer(new HeNormal(FanMode.FAN_OUT)));
        if (batchNorm) {
          features.add(new BatchNorm2d());
        }
        features.add(new Relu());
      }
      features.add(MaxPool2d.of(2));
    }
  }

  private static Linear units(int count) {
    return Linear.of(count).initializer(new Normal(0.01));
  }
}
