package org.convoy.model;

import java.util.List;
import java.util.Optional;
import org.convoy.nn.Network;
import org.convoy.nn.init.HeNormal;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * Six convolutions of 3x3 at stride 2 that shrink Fashion-MNIST's images to one position: fast.ai,
 * "From deep learning foundations to stable diffusion", 2022, notebook 13. Five have 8 to 128
 * filters and batch normalization, the last has one for each class. 109,770 parameters for 1x28x28
 * and ten classes: one bias for every filter (the notebook also has a weight in its normalizations
 * and a bias before them, neither of which changes what the network can compute).
 */
public record FashionConvNet() implements Model {
  private static final List<Integer> FILTERS = List.of(8, 16, 32, 64, 128);

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(1, 28, 28));
  }

  /** Larger images end in several positions, which are averaged. */
  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder = Network.builder(input);
    for (int i = 0; i < FILTERS.size(); i++) {
      builder
          .add("conv" + (i + 1), halving(FILTERS.get(i)).withoutBias())
          .add("bn" + (i + 1), new BatchNorm2d().withoutScale())
          .add("relu" + (i + 1), new Relu());
    }
    return builder
        .add("conv" + (FILTERS.size() + 1), halving(classes))
        .add("avgpool", new GlobalAvgPool())
        .add("flatten", new Flatten())
        .build();
  }

  private static Conv2d halving(int filters) {
    return Conv2d.of(filters, 3).stride(2).padding(1).initializer(new HeNormal());
  }
}
