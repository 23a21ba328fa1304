package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.Tanh;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class LeNet5Test {

  @Test
  void parametersOfTheLectureAreCountedAsTaught() {
    Network network = new LeNet5Lecture().build(Shape.of(3, 32, 32), 10);
    assertThat(network.summary().rows())
        .filteredOn(row -> row.parameters() > 0)
        .extracting(NetworkSummary.Row::name, NetworkSummary.Row::parameters)
        .containsExactly(
            tuple("conv1", 608L),
            tuple("conv2", 3_216L),
            tuple("fc1", 48_120L),
            tuple("fc2", 10_164L),
            tuple("fc3", 850L));
    assertThat(network.parameterCount()).isEqualTo(62_958);
  }

  @Test
  void mapsOfMnistShrinkAsInThePaper() {
    Network network = new LeNet5().build(Shape.of(1, 28, 28), 10);
    assertThat(network.parameterCount()).isEqualTo(61_706);
    assertThat(network.shapeOf("conv1")).isEqualTo(Shape.of(6, 28, 28));
    assertThat(network.shapeOf("pool1")).isEqualTo(Shape.of(6, 14, 14));
    assertThat(network.shapeOf("conv2")).isEqualTo(Shape.of(16, 10, 10));
    assertThat(network.shapeOf("pool2")).isEqualTo(Shape.of(16, 5, 5));
    assertThat(network.outputShape()).isEqualTo(Shape.of(10));
    assertThat(network.summary().multiplyAdds())
        .isEqualTo(117_600 + 240_000 + 48_000 + 10_080 + 840);
  }

  @Test
  void parametersAreNamedAsPyTorchWouldNameThem() {
    assertThat(new LeNet5().build(Shape.of(1, 28, 28), 10).layout().slices())
        .extracting(ParameterLayout.Slice::name)
        .containsExactly(
            "conv1.weight", "conv1.bias",
            "conv2.weight", "conv2.bias",
            "fc1.weight", "fc1.bias",
            "fc2.weight", "fc2.bias",
            "fc3.weight", "fc3.bias");
  }

  @Test
  void activationAndPoolingCanBeThoseOfThePaper() {
    Network network =
        new LeNet5(Activation.TANH, PoolingKind.AVERAGE).build(Shape.of(1, 28, 28), 10);
    assertThat(network.nodes())
        .filteredOn(node -> node.name().equals("tanh1"))
        .extracting(Network.Node::layer)
        .containsExactly(new Tanh());
    assertThat(network.nodes())
        .filteredOn(node -> node.name().equals("pool2"))
        .extracting(Network.Node::layer)
        .containsExactly(AvgPool2d.of(2));
  }

  @Test
  void imagesThatAreTooSmallAreRefusedByTheFirstLayerThatCannot() {
    assertThatThrownBy(() -> new LeNet5().build(Shape.of(1, 8, 8), 10))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("conv2: kernel 5x5 needs a padded input of at least 5x5, got 4x4");
  }
}
