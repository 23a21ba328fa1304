package org.convoy.model;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * ResNet for CIFAR-10: He, Zhang, Ren and Sun, "Deep residual learning for image recognition",
 * 2016, section 4.2: three stages of (depth - 2) / 6 blocks with 16, 32 and 64 filters, and
 * shortcuts without parameters. 269,722, 464,154, 658,586, 853,018 and 1,727,962 parameters for
 * 3x32x32 and ten classes with 20, 32, 44, 56 and 110 layers, of any image; 272,474 with 20 layers
 * and projections.
 *
 * @param depth 6n + 2, at least 8
 * @param shortcut {@code padded} as in the paper (option A), or {@code projected} (option B)
 */
public record CifarResNet(@Default("20") int depth, @Default("\"padded\"") Shortcut shortcut)
    implements Model {
  private static final int STAGES = 3;
  private static final int FILTERS = 16;

  public CifarResNet {
    if (depth < 8 || depth % 6 != 2) {
      throw new IllegalArgumentException(
          "depth must be 6n + 2 with n of at least 1, such as 20, 32, 44, 56 or 110, got " + depth);
    }
  }

  /** With shortcuts as in the paper. */
  public CifarResNet(int depth) {
    this(depth, Shortcut.PADDED);
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(3, 32, 32));
  }

  @Override
  public Network build(Shape input, int classes) {
    return features(input).add("fc", Linear.of(classes)).build();
  }

  /** Everything before the classifier: 64 features of an image. */
  Network.Builder features(Shape input) {
    Network.Builder builder =
        Network.builder(input)
            .add("conv1", ResidualBlocks.drawn(Conv2d.of(FILTERS, 3).padding(1)))
            .add("bn1", new BatchNorm2d())
            .add("relu", new Relu());
    ResidualBlocks blocks = new ResidualBlocks(builder, FILTERS, shortcut, false);
    for (int stage = 0; stage < STAGES; stage++) {
      for (int i = 0; i < (depth - 2) / (2 * STAGES); i++) {
        String name = "layer" + (stage + 1) + "." + i;
        blocks.addBasic(name, FILTERS << stage, stage > 0 && i == 0 ? 2 : 1);
      }
    }
    return builder.add("avgpool", new GlobalAvgPool()).add("flatten", new Flatten());
  }
}
