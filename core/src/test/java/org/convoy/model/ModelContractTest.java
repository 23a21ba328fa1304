package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.convoy.model.ModelExamples.Example;
import org.convoy.nn.Network;
import org.convoy.nn.layer.NetworkDescription;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered model keeps, with its default options. */
class ModelContractTest {

  static Stream<Example> examples() {
    return ModelExamples.all();
  }

  @Test
  void everyRegisteredModelIsTestedHere() {
    assertThat(examples().map(Example::name))
        .containsExactlyInAnyOrderElementsOf(Models.registry().names());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void parametersAreAsManyAsPublished(Example example) {
    assertThat(example.usual().parameterCount()).isEqualTo(example.parameters());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void outputsAreAsManyAsPromised(Example example) {
    Model model = example.model();
    for (int classes : new int[] {1, 2, 1000}) {
      assertThat(model.build(model.usualInput().orElseThrow(), classes).outputShape())
          .isEqualTo(Shape.of(model.outputs(classes)));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void largerInputsOfMoreChannelsAreTakenToo(Example example) {
    int[] sizes = example.model().usualInput().orElseThrow().toArray();
    sizes[0]++;
    for (int axis = 1; axis < sizes.length; axis++) {
      sizes[axis] += 6 + 7 * axis;
    }
    assertThat(example.model().build(Shape.of(sizes), 5).outputShape())
        .isEqualTo(Shape.of(example.model().outputs(5)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void inputsThatAreTooSmallAreRefusedByALayerAndTheSmallestIsNamed(Example example) {
    int[] sizes = example.model().usualInput().orElseThrow().toArray();
    Arrays.fill(sizes, 1, sizes.length, 1);
    ModelChoice choice = Models.choose(example.name(), "model");
    try {
      choice.build(Shape.of(sizes), 5);
    } catch (ShapeException e) {
      assertThat(e.getMessage()).matches("(?s)[a-z][A-Za-z0-9_.-]*: .*");
      if (sizes.length == 3) {
        assertThat(e.getMessage()).contains("; images of ").endsWith(" would be enough");
        String enough = e.getMessage().replaceFirst("(?s).*; images of (\\S+) .*", "$1");
        assertSmallest(choice, Shape.parse(enough));
      }
    }
  }

  private static void assertSmallest(ModelChoice choice, Shape enough) {
    assertThat(choice.build(enough, 5).outputShape().rank()).isEqualTo(1);
    Shape smaller = Shape.of(enough.size(0), enough.size(1) - 1, enough.size(2) - 1);
    assertThatThrownBy(() -> choice.build(smaller, 5)).isInstanceOf(ShapeException.class);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void networksAreDescribedAndComeBack(Example example) {
    Network network = example.usual();
    assertThat(NetworkDescription.fromJson(NetworkDescription.toJson(network))).isEqualTo(network);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSummaryHasColumnsAsWideAsTheLongestName(Example example) {
    Network network = example.usual();
    String[] lines = network.summary().toString().split("\n");
    int nodes = network.nodes().size();
    assertThat(lines).hasSize(nodes + 3);
    int output = lines[0].indexOf("output shape");
    for (int i = 0; i < nodes; i++) {
      Network.Node node = network.nodes().get(i);
      String line = lines[i + 2];
      assertThat(line).startsWith(node.name() + " ");
      assertThat(line.substring(output)).startsWith(network.shapeOf(node.name()) + " ");
      assertThat(line.length()).isEqualTo(lines[0].length());
    }
    assertThat(lines[lines.length - 1])
        .contains(String.format(Locale.ROOT, " %,d ", example.parameters()));
  }

  /** Of the forward pass of one image in thousands of millions, as published. */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 0.714, 0.0005",
    "alexnet-2012, 0.724, 0.0005",
    "zfnet, 1.17, 0.005",
    "vgg11, 7.6, 0.05",
    "vgg16, 15.5, 0.05",
    "vgg19, 19.6, 0.05",
    "googlenet, 1.50, 0.005",
    "googlenet-caffe, 1.58, 0.005",
    "network-in-network, 1.10, 0.005",
    "resnet18, 1.81, 0.005",
    "resnet34, 3.66, 0.005",
    "resnet50, 4.09, 0.005",
    "resnet101, 7.80, 0.005",
    "resnet152, 11.5, 0.05"
  })
  void multiplyAddsAreAsManyAsPublished(String name, double billions, double rounding) {
    Model model = Models.choose(name, "model").model();
    Network network = model.build(model.usualInput().orElseThrow(), model.usualClasses());
    assertThat(network.summary().multiplyAdds() / 1e9).isCloseTo(billions, within(rounding));
  }
}
