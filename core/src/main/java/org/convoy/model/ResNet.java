package org.convoy.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.model.ResidualBlocks.BottleneckStride;
import org.convoy.nn.Network;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * ResNet for ImageNet: He, Zhang, Ren and Sun, "Deep residual learning for image recognition",
 * 2016, table 1, with projections where the shape changes (option B). 11,689,512, 21,797,672,
 * 25,557,032, 44,549,160 and 60,192,808 parameters for 3x224x224 and 1,000 classes with 18, 34, 50,
 * 101 and 152 layers, of any image. Names, shapes and initial distributions are those of {@code
 * torchvision.models.resnet}.
 *
 * @param depth 18, 34 (blocks of two 3x3 convolutions), 50, 101 or 152 (bottlenecks)
 * @param bottleneckStride {@code middle} as torchvision, {@code first} as the paper; the parameters
 *     are the same
 * @param zeroInitResidual whether each block begins as the identity, by a weight of 0 in its last
 *     normalization (Goyal et al. 2017, section 5.1)
 */
public record ResNet(
    @Default("50") int depth,
    @Default("\"middle\"") BottleneckStride bottleneckStride,
    @Default("false") boolean zeroInitResidual)
    implements Model {

  /** Blocks of each stage. */
  private static final Map<Integer, List<Integer>> STAGES =
      Map.of(
          18, List.of(2, 2, 2, 2),
          34, List.of(3, 4, 6, 3),
          50, List.of(3, 4, 6, 3),
          101, List.of(3, 4, 23, 3),
          152, List.of(3, 8, 36, 3));

  private static final int FEWEST_OF_BOTTLENECKS = 50;
  private static final int FILTERS = 64;

  public ResNet {
    if (!STAGES.containsKey(depth)) {
      throw new IllegalArgumentException("depth must be 18, 34, 50, 101 or 152, got " + depth);
    }
  }

  /** As torchvision builds it. */
  public ResNet(int depth) {
    this(depth, BottleneckStride.MIDDLE, false);
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
    return features(input).add("fc", Linear.of(classes)).build();
  }

  /** Everything before the classifier: 512 features of an image, 2,048 with bottlenecks. */
  Network.Builder features(Shape input) {
    Network.Builder builder =
        Network.builder(input)
            .add("conv1", ResidualBlocks.drawn(Conv2d.of(FILTERS, 7).stride(2).padding(3)))
            .add("bn1", new BatchNorm2d())
            .add("relu", new Relu())
            .add("maxpool", MaxPool2d.of(3).stride(2).padding(1));
    ResidualBlocks blocks =
        new ResidualBlocks(builder, FILTERS, Shortcut.PROJECTED, zeroInitResidual);
    for (int stage = 0; stage < STAGES.get(depth).size(); stage++) {
      for (int i = 0; i < STAGES.get(depth).get(stage); i++) {
        String name = "layer" + (stage + 1) + "." + i;
        addBlock(blocks, name, FILTERS << stage, stage > 0 && i == 0 ? 2 : 1);
      }
    }
    return builder.add("avgpool", new GlobalAvgPool()).add("flatten", new Flatten());
  }

  private void addBlock(ResidualBlocks blocks, String name, int filters, int stride) {
    if (depth < FEWEST_OF_BOTTLENECKS) {
      blocks.addBasic(name, filters, stride);
    } else {
      blocks.addBottleneck(name, filters, stride, bottleneckStride);
    }
  }
}
