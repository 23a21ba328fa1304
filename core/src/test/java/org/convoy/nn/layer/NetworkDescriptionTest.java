package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.description.DescriptionException;
import org.convoy.description.DescriptionException.Problem;
import org.convoy.description.Json;
import org.convoy.nn.LayerContext;
import org.convoy.nn.Network;
import org.convoy.nn.SingleInputLayer;
import org.convoy.nn.init.HeNormal;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class NetworkDescriptionTest {

  /** Nobody has registered this. */
  private record Unheard() implements SingleInputLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public void forward(LayerContext context) {}

    @Override
    public void backward(LayerContext context) {}
  }

  private static Network residual() {
    return Network.builder(Shape.of(3, 8, 8))
        .add("conv1", Conv2d.of(4, 3).padding(Padding.same()).initializer(new HeNormal()))
        .add("conv2", Conv2d.of(4, 3, 1).padding(1, 0).withoutBias())
        .add("sum", new Add(), "conv1", "conv2", "conv1")
        .add("pool", MaxPool2d.of(3).stride(2).padding(Padding.perSide(0, 1, 1, 0)))
        .add("side", AvgPool2d.of(4).stride(1), "conv1")
        .add("drop", new Dropout(0.1f))
        .add("flatten", new Flatten())
        .add("fc", Linear.of(5))
        .build();
  }

  @Test
  void networksComeBackFromJson() {
    Network network = residual();
    String json = NetworkDescription.toJson(network);
    Network read = NetworkDescription.fromJson(json);
    assertThat(read).isEqualTo(network);
    assertThat(NetworkDescription.toJson(read)).isEqualTo(json);
    assertThat(read.initialize(3).values()).isEqualTo(network.initialize(3).values());
  }

  @Test
  void inputsAreWrittenWhereTheyAreNotTheNodeBefore() {
    assertThat(
            NetworkDescription.toJson(
                Network.builder(Shape.of(6))
                    .add("a", new Relu())
                    .add("b", new Dropout(0.5f))
                    .add("c", new Add(), "a", "b")
                    .build()))
        .isEqualTo(
            "{\"format\":1,\"input\":\"6\",\"nodes\":["
                + "{\"name\":\"a\",\"type\":\"relu\"},"
                + "{\"name\":\"b\",\"type\":\"dropout\",\"p\":0.5},"
                + "{\"name\":\"c\",\"inputs\":[\"a\",\"b\"],\"type\":\"add\"}]}");
  }

  @Test
  void optionsWithDefaultsMayBeLeftOut() {
    assertThat(
            read(
                "{'format': 1, 'input': '1x28x28', 'nodes': ["
                    + "{'name': 'conv1', 'type': 'conv2d', 'outChannels': 6, 'kernelSize': 5,"
                    + " 'padding': 2}, {'name': 'relu1', 'type': 'relu'}]}"))
        .isEqualTo(
            Network.builder(Shape.of(1, 28, 28))
                .add("conv1", Conv2d.of(6, 5).padding(2))
                .add("relu1", new Relu())
                .build());
  }

  @Test
  void allThatIsWrongIsReportedAtOnceWithItsNode() {
    assertThatThrownBy(
            () ->
                read(
                    "{'format': 1, 'input': '1x28x28', 'nodes': ["
                        + "{'name': 'conv1', 'type': 'conv2', 'kernelSize': 5},"
                        + "{'name': 'conv2', 'type': 'conv2d', 'outchannels': 6, 'kernelSize': 0},"
                        + "{'type': 'relu'},"
                        + "{'name': 'sum', 'type': 'add', 'inputs': 'conv1'},"
                        + "7]}"))
        .isInstanceOfSatisfying(
            DescriptionException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::toString)
                    .satisfiesExactly(
                        p -> assertThat(p).startsWith("conv1: unknown layer 'conv2'; did you mean"),
                        p ->
                            assertThat(p)
                                .startsWith(
                                    "conv2: unknown key 'outchannels';"
                                        + " did you mean 'outChannels'?"),
                        p -> assertThat(p).startsWith("conv2: 'outChannels' is missing"),
                        p -> assertThat(p).startsWith("conv2.kernelSize: every size must be in"),
                        p ->
                            assertThat(p).isEqualTo("nodes[2]: 'name' is missing; expected a text"),
                        p ->
                            assertThat(p)
                                .isEqualTo(
                                    "sum.inputs: expected a list of nodes' names,"
                                        + " got the text \"conv1\""),
                        p -> assertThat(p).isEqualTo("nodes[4]: expected named fields, got 7")));
  }

  @Test
  void graphsAreChecked() {
    String begin = "{'format': 1, 'input': '8', 'nodes': [{'name': 'relu1', 'type': 'relu'},";
    assertRefused(
        begin + "{'name': 'relu1', 'type': 'tanh'}]}", "nodes[1]: there is a node 'relu1' already");
    assertRefused(
        begin + "{'name': 'b', 'type': 'tanh', 'inputs': ['relu2']}]}",
        "nodes[1]: b: no earlier node 'relu2'; did you mean 'relu1'?");
    assertRefused(
        begin + "{'name': 'b', 'type': 'conv2d', 'outChannels': 6, 'kernelSize': 5}]}",
        "b: expected an input of channels x height x width, got 8;"
            + " put this layer before the one that flattens");
  }

  @Test
  void documentsAreChecked() {
    assertRefused(
        "{'format': 2, 'input': '8', 'nodes': []}",
        "expected a network of format 1, got 2; read it with the version of Convoy that wrote it");
    assertRefused(
        "{'input': '8', 'nodes': []}",
        "expected a network of format 1, got null;"
            + " read it with the version of Convoy that wrote it");
    assertRefused(
        "{'format': 1, 'input': '8', 'node': []}",
        "unknown key 'node'; did you mean 'nodes'? (known: format, input, nodes)");
    assertRefused(
        "{'format': 1, 'input': 8, 'nodes': []}",
        "input: expected a shape such as \"3x32x32\", got 8");
    assertRefused(
        "{'format': 1, 'input': 'eight', 'nodes': []}",
        "input: expected a shape such as 3x32x32 (channels x height x width), got 'eight'");
    assertRefused("{'format': 1, 'input': '8'}", "expected a list of nodes, got null");
    assertRefused("{'format': 1, 'input': '8', 'nodes': []}", "a network needs at least one layer");
    assertRefused("[]", "expected a JSON object, got a list []");
  }

  @Test
  void layersMustBeRegisteredToBeDescribed() {
    Network network = Network.builder(Shape.of(3)).add("a", new Unheard()).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkDescription.describe(network))
        .withMessageEndingWith("is not registered as a layer; add it there");
  }

  @Test
  void damagedFilesAreRefusedAndNothingElseHappens() {
    String json = NetworkDescription.toJson(residual());
    for (int length = 0; length < json.length(); length++) {
      String cut = json.substring(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> NetworkDescription.fromJson(cut));
    }
    for (String value : new String[] {"2147483647", "-1", "1e300", "\"x\"", "null", "[]", "{}"}) {
      String replaced = json.replaceAll(":(\\d+|\"\\w+\")(?=[,}])", ":" + value);
      assertThatIllegalArgumentException().isThrownBy(() -> NetworkDescription.fromJson(replaced));
    }
  }

  private static Network read(String json) {
    return NetworkDescription.read(Json.parseObject(json.replace('\'', '"')));
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DescriptionException.class)
        .hasMessage(message);
  }

  @Test
  void blocksAreRepeatedOneBehindTheOther() {
    String json =
        """
        {"format": 1, "input": "4", "nodes": [
          {"name": "first", "type": "linear", "outFeatures": 4},
          {"name": "layer1", "repeat": 2, "nodes": [
            {"name": "fc", "type": "linear", "outFeatures": 4},
            {"name": "relu", "type": "relu"},
            {"name": "sum", "type": "add", "inputs": ["relu", "input", "first"]}]},
          {"name": "head", "inputs": ["layer1.0.relu"], "nodes": [
            {"name": "fc", "type": "linear", "outFeatures": 3, "auxiliary": 0.25}]},
          {"name": "last", "inputs": ["layer1.1.sum"], "type": "relu"}]}
        """;
    Network network = NetworkDescription.fromJson(json);
    assertThat(network.nodes())
        .extracting(Network.Node::name)
        .containsExactly(
            "first",
            "layer1.0.fc",
            "layer1.0.relu",
            "layer1.0.sum",
            "layer1.1.fc",
            "layer1.1.relu",
            "layer1.1.sum",
            "head.fc",
            "last");
    assertThat(network.nodes().get(3).inputs()).containsExactly("layer1.0.relu", "first", "first");
    assertThat(network.nodes().get(4).inputs()).containsExactly("layer1.0.sum");
    assertThat(network.nodes().get(6).inputs())
        .containsExactly("layer1.1.relu", "layer1.0.sum", "first");
    assertThat(network.auxiliaries()).containsExactly(new Network.Auxiliary("head.fc", 0.25));
    assertThat(NetworkDescription.fromJson(NetworkDescription.toJson(network))).isEqualTo(network);
  }

  @Test
  void mistakesInBlocksAreNamedWithTheirPlace() {
    String json =
        """
        {"format": 1, "input": "4", "nodes": [
          {"name": "a", "repeat": 0, "nodes": [{"name": "x", "type": "relu"}]},
          {"name": "b", "nodes": []},
          {"name": "c", "size": 3, "nodes": [{"name": "x", "type": "relu"}]},
          {"name": "d", "nodes": [{"name": "x", "type": "relu", "inputs": ["y"]}]},
          {"name": "e", "nodes": [{"name": "x", "type": "relu", "auxiliary": -1}]}]}
        """;
    assertThatThrownBy(() -> NetworkDescription.fromJson(json))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining("nodes[0].repeat: expected a whole number of 1 to 10000, got ")
        .hasMessageContaining("nodes[1].nodes: expected a list of nodes, got ")
        .hasMessageContaining("nodes[2]: a block has name, nodes, repeat and inputs, got also")
        .hasMessageContaining("nodes[3].nodes[0]: d.x: no earlier node 'd.y'")
        .hasMessageContaining("weight of an auxiliary output must be above 0, got -1.0");
  }
}
