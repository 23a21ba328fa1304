package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class ModelsTest {

  @Test
  void aNameIsEnough() {
    assertThat(choose("'lenet5'"))
        .isEqualTo(new ModelChoice(new LeNet5(), Optional.empty(), Optional.empty()));
    assertThat(choose("{'type': 'lenet5-lecture'}").model()).isEqualTo(new LeNet5Lecture());
  }

  @Test
  void optionsInputAndClassesMayBeGiven() {
    ModelChoice choice =
        choose(
            "{'type': 'lenet5', 'input': '3x32x32', 'classes': 7,"
                + " 'activation': 'tanh', 'pooling': 'average'}");
    assertThat(choice.model()).isEqualTo(new LeNet5(Activation.TANH, PoolingKind.AVERAGE));
    assertThat(choice.build(Shape.of(1, 28, 28), 10))
        .isEqualTo(choice.model().build(Shape.of(3, 32, 32), 7));
  }

  @Test
  void aNetworkMayBeWrittenOutInstead() {
    ModelChoice choice =
        choose(
            "{'input': '3x8x8', 'nodes': ["
                + "{'name': 'conv1', 'type': 'conv2d', 'outChannels': 4, 'kernelSize': 3},"
                + "{'name': 'relu1', 'type': 'relu'},"
                + "{'name': 'flatten', 'type': 'flatten'},"
                + "{'name': 'fc1', 'type': 'linear', 'outFeatures': 10}]}");
    assertThat(choice.model().usualInput()).isEmpty();
    assertThat(choice.build(Shape.of(1, 28, 28), 10))
        .isEqualTo(
            Network.builder(Shape.of(3, 8, 8))
                .add("conv1", Conv2d.of(4, 3))
                .add("relu1", new Relu())
                .add("flatten", new Flatten())
                .add("fc1", Linear.of(10))
                .build());
  }

  @Test
  void mistakesInAWrittenNetworkNameTheirNode() {
    ModelChoice choice = choose("{'nodes': [{'name': 'conv1', 'type': 'conv2x'}]}");
    assertThatThrownBy(() -> choice.build(Shape.of(1, 28, 28), 10))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("conv1: unknown layer 'conv2x'; did you mean 'conv2d'?");
    assertRefused(
        "{'type': 'lenet5', 'nodes': []}",
        "model: unknown key 'nodes' (known: activation, pooling)");
    assertRefused("{'nodes': 7}", "model: expected a 'type' that is one of lenet5, ");
  }

  @Test
  void dataDecideWhatTheRecipeLeavesOut() {
    assertThat(choose("'lenet5'").build(Shape.of(1, 28, 28), 10))
        .isEqualTo(new LeNet5().build(Shape.of(1, 28, 28), 10));
  }

  @Test
  void unknownModelsAndOptionsAreRefusedWithTheNearest() {
    assertRefused("'lenet'", "model: unknown model 'lenet'; did you mean 'lenet5'?");
    assertRefused(
        "{'type': 'lenet5', 'activations': 'tanh'}",
        "model: unknown key 'activations'; did you mean 'activation'?");
    assertRefused(
        "{'type': 'lenet5', 'activation': 'gelu'}",
        "model.activation: expected one of relu, tanh, sigmoid, silu, got the text \"gelu\"");
  }

  @Test
  void inputAndClassesAreChecked() {
    assertRefused(
        "{'type': 'lenet5', 'input': '28 by 28'}",
        "model.input: expected a shape such as 3x32x32 (channels x height x width), got '28 by 28'");
    assertRefused(
        "{'type': 'lenet5', 'classes': 0}",
        "model.classes: expected a number of classes of at least 1, got 0");
    assertRefused(
        "{'type': 'lenet5', 'classes': 'ten'}",
        "model.classes: expected a number of classes of at least 1, got the text \"ten\"");
  }

  @Test
  void everyModelIsDescribedAndComesBack() {
    for (Model model :
        new Model[] {new LeNet5(), new LeNet5Lecture(Activation.SIGMOID, PoolingKind.AVERAGE)}) {
      Map<String, Object> described = Models.codec().describe(Models.registry(), model);
      Object read = Json.parse(Json.write(described));
      assertThat(Models.choose(read, "model").model()).isEqualTo(model);
    }
  }

  @Test
  void aNameIsGivenOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.registry().add("lenet5", Twin.class))
        .withMessageStartingWith("model 'lenet5'")
        .withMessageEndingWith("is registered already");
  }

  /** A model that wants another one's name. */
  private record Twin() implements Model {
    @Override
    public Network build(Shape input, int classes) {
      return new LeNet5().build(input, classes);
    }
  }

  private static ModelChoice choose(String json) {
    return Models.choose(Json.parse(json.replace('\'', '"')), "model");
  }

  private static void assertRefused(String json, String beginning) {
    assertThatThrownBy(() -> choose(json))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith(beginning);
  }
}
