package org.convoy.model;

import java.util.List;
import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.init.Dirac;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalMaxPool;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Scale;
import org.convoy.tensor.Shape;

/**
 * Networks that learn CIFAR-10 fast: Jordan, "94% on CIFAR-10 in 3.29 seconds on a single GPU",
 * 2024, section 3 and listing 4. A 2x2 convolution of 24 filters, three blocks of two 3x3
 * convolutions (pool, normalization with a bias alone, nonlinearity), the largest element of each
 * map, and a classifier whose scores are divided by 9. For 3x32x32 and ten classes 569,016
 * parameters with filters 64-128-128 (93 %), 1,971,640 with 64-256-256 (94 %) and 4,604,728 with
 * 128-384-384 (95 %).
 *
 * <p>The 3x3 convolutions begin as the identity. In the paper the first convolution's weights are
 * computed from the training images, so that its outputs are white, and frozen; here they begin
 * like any others, and a run does that if its {@code initial.whitening} and {@code frozen} say so.
 *
 * @param filters of the three blocks
 * @param activation the paper's is GELU; SiLU is near to it
 */
public record Airbench(
    @Default("[64, 256, 256]") List<Integer> filters, @Default("\"silu\"") Activation activation)
    implements Model {
  private static final int BLOCKS = 3;
  private static final int WHITENING_FILTERS = 24;
  private static final double EPS = 1e-12;
  private static final double MOMENTUM = 0.4;
  private static final float HEAD_SCALE = 1f / 9;

  public Airbench {
    filters = List.copyOf(filters);
    if (filters.size() != BLOCKS || filters.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException("filters must be three numbers above 0, got " + filters);
    }
  }

  /** With SiLU. */
  public Airbench(int first, int second, int third) {
    this(List.of(first, second, third), Activation.SILU);
  }

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(3, 32, 32));
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder =
        Network.builder(input)
            .add("whiten", Conv2d.of(WHITENING_FILTERS, 2))
            .add("act", activation.layer());
    for (int i = 0; i < BLOCKS; i++) {
      addBlock(builder, "layer" + (i + 1), filters.get(i));
    }
    return builder
        .add("pool", new GlobalMaxPool())
        .add("flatten", new Flatten())
        .add("head", Linear.of(classes).withoutBias())
        .add("scale", new Scale(HEAD_SCALE))
        .build();
  }

  private void addBlock(Network.Builder builder, String name, int count) {
    builder
        .add(name + ".conv1", convolution(count))
        .add(name + ".pool", MaxPool2d.of(2))
        .add(name + ".norm1", norm())
        .add(name + ".act1", activation.layer())
        .add(name + ".conv2", convolution(count))
        .add(name + ".norm2", norm())
        .add(name + ".act2", activation.layer());
  }

  private static Conv2d convolution(int count) {
    return Conv2d.of(count, 3).padding(1).withoutBias().initializer(new Dirac());
  }

  private static BatchNorm2d norm() {
    return new BatchNorm2d(EPS, MOMENTUM, true, false).withoutScale();
  }
}
