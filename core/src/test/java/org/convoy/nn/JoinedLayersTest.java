package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.model.CifarResNet;
import org.convoy.model.LeNet5Lecture;
import org.convoy.nn.layer.Add;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Reshape;
import org.convoy.nn.layer.Tanh;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Joining layers and sharing gradients' memory changes how much is kept, and no bit. */
@Tag("backend")
class JoinedLayersTest {
  private static final Shape IMAGE = Shape.of(3, 4, 5);
  private static final int CAPACITY = 4;

  static Stream<Backend> backends() {
    return Stream.concat(Stream.of(Backends.scalar()), Backends.simd().stream());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void randomGraphsTrainToTheSameBits(Backend backend) {
    int joined = 0;
    for (int seed = 0; seed < 150; seed++) {
      RandomKey key = RandomKey.ofSeed(seed);
      Network network = randomGraph(key);
      Set<String> frozen = seed % 3 == 0 ? someOf(network, key) : Set.of();
      Execution actual = Execution.forTraining(network, backend, CAPACITY, frozen);
      Execution expected = Execution.forTraining(Apart.of(network), backend, CAPACITY, frozen);
      for (int pass = 0; pass < 2; pass++) {
        int count = 1 + (int) key.with(pass).below(0, CAPACITY);
        assertThat(train(actual, count, key.with(pass)))
            .as("seed %d, pass %d: %s", seed, pass, network.nodes())
            .isEqualTo(train(expected, count, key.with(pass)));
      }
      joined += actual.joined().size();
      assertThat(expected.joined()).isEmpty();
    }
    assertThat(joined).isGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void randomGraphsScoreToTheSameBits(Backend backend) {
    for (int seed = 0; seed < 100; seed++) {
      RandomKey key = RandomKey.ofSeed(seed);
      Network network = randomGraph(key);
      Network apart = Apart.of(network);
      Parameters parameters = network.initialize(seed);
      float[] expected =
          score(Execution.forInference(apart, backend, CAPACITY), CAPACITY, parameters, key);
      assertThat(
              score(Execution.forInference(network, backend, CAPACITY), CAPACITY, parameters, key))
          .as("seed %d: %s", seed, network.nodes())
          .isEqualTo(expected);
      assertThat(
              score(Execution.forInspection(network, backend, CAPACITY), CAPACITY, parameters, key))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void modelsTrainToTheSameBits(Backend backend) {
    for (Network network :
        List.of(
            new CifarResNet(8).build(Shape.of(3, 12, 12), 10),
            new LeNet5Lecture().build(Shape.of(3, 32, 32), 10))) {
      RandomKey key = RandomKey.ofSeed(8);
      Execution actual = Execution.forTraining(network, backend, CAPACITY);
      Execution expected = Execution.forTraining(Apart.of(network), backend, CAPACITY);
      assertThat(train(actual, CAPACITY, key)).isEqualTo(train(expected, CAPACITY, key));
      assertThat(actual.plannedFloats()).isLessThan(expected.plannedFloats());
    }
  }

  @Test
  void aRectifierIsJoinedWithTheLayerThatItAloneReads() {
    Network network =
        Network.builder(IMAGE)
            .add("conv", Conv2d.of(3, 3).padding(1))
            .add("conv.relu", new Relu())
            .add("bn", new BatchNorm2d())
            .add("bn.relu", new Relu())
            .add("sum", new Add(), "bn.relu", "conv.relu")
            .add("sum.relu", new Relu())
            .add("flatten", new Flatten())
            .add("fc", Linear.of(3))
            .add("fc.relu", new Relu())
            .build();
    Map<String, String> all =
        Map.of("conv.relu", "conv", "bn.relu", "bn", "sum.relu", "sum", "fc.relu", "fc");
    assertThat(Execution.forTraining(network, null, 1).joined()).isEqualTo(all);
    assertThat(Execution.forInference(network, null, 1).joined()).isEqualTo(all);
    assertThat(Execution.forInspection(network, null, 1).joined()).isEmpty();
  }

  @Test
  void whatOthersReadOrABackwardPassNeedsIsKept() {
    Network network =
        Network.builder(IMAGE)
            .add("read.twice", new BatchNorm2d().freeze())
            .add("relu1", new Relu())
            .add("sum", new Add(), "read.twice", "relu1")
            .build();
    assertThat(Execution.forTraining(network, null, 1).joined()).isEmpty();
    Network tanh = Network.builder(IMAGE).add("tanh", new Tanh()).add("relu", new Relu()).build();
    assertThat(Execution.forTraining(tanh, null, 1).joined()).isEmpty();
    Network auxiliary =
        Network.builder(IMAGE)
            .add("conv", Conv2d.of(2, 1))
            .add("side", new Relu(), "conv")
            .auxiliary(1)
            .from("conv")
            .add("main", new Relu(), "conv")
            .build();
    assertThat(Execution.forTraining(auxiliary, null, 1).joined()).isEmpty();
    assertThat(Execution.forInference(auxiliary, null, 1).joined())
        .isEqualTo(Map.of("main", "conv"));
  }

  @Test
  void whatPassesBetweenJoinedLayersNeedsNoMemory() {
    Network network =
        Network.builder(Shape.of(1, 8, 8))
            .add("bn", new BatchNorm2d())
            .add("relu", new Relu())
            .build();
    int map = CAPACITY * 64;
    // input, output, its gradient; means and variances
    assertThat(Execution.forTraining(network, null, CAPACITY).plannedFloats())
        .isEqualTo(3 * map + 16);
    assertThat(Execution.forInference(network, null, CAPACITY).plannedFloats())
        .isEqualTo(2 * map + 16);
  }

  private static Set<String> someOf(Network network, RandomKey key) {
    Set<String> some = new HashSet<>();
    for (Network.Node node : network.nodes()) {
      if (key.with("frozen").with(node.name()).below(0, 3) == 0) {
        some.add(node.name());
      }
    }
    return some;
  }

  /** Output, then gradient. */
  private static float[][] train(Execution execution, int count, RandomKey key) {
    Network network = execution.network();
    fill(execution.input(count), key.with("input"));
    long[] keys = new long[count];
    for (int n = 0; n < count; n++) {
      keys[n] = key.with("example").with(n).value();
    }
    float[] output = execution.forward(count, network.initialize(3), keys).toArray();
    fill(execution.outputGradient(count), key.with("arriving"));
    for (Network.Auxiliary auxiliary : network.auxiliaries()) {
      fill(execution.outputGradient(auxiliary.node(), count), key.with(auxiliary.node()));
    }
    float[] gradient = new float[network.layout().length()];
    execution.backward(gradient);
    return new float[][] {output, gradient};
  }

  private static float[] score(
      Execution execution, int count, Parameters parameters, RandomKey key) {
    fill(execution.input(count), key.with("input"));
    return execution.forward(count, parameters).toArray();
  }

  private static void fill(Tensor tensor, RandomKey key) {
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[tensor.offset() + i] = 2 * key.uniformFloat(i) - 1;
    }
  }

  /** Layers that keep the shape; every fourth node adds up two or three. */
  private static Network randomGraph(RandomKey key) {
    Network.Builder builder = Network.builder(IMAGE);
    List<String> names = new ArrayList<>(List.of(Network.INPUT));
    int nodes = 2 + (int) key.below(0, 12);
    for (int i = 0; i < nodes; i++) {
      RandomKey item = key.with(i);
      String name = "node" + i;
      if (item.below(0, 4) == 0) {
        String[] inputs = new String[2 + (int) item.below(1, 2)];
        for (int k = 0; k < inputs.length; k++) {
          inputs[k] = recent(names, item, 10 + k);
        }
        builder.add(name, new Add(), inputs);
      } else {
        builder.add(name, layer((int) item.below(1, 12)), recent(names, item, 2));
        if (i < nodes - 1 && item.below(3, 8) == 0) {
          builder.auxiliary(0.5);
          continue;
        }
      }
      names.add(name);
    }
    return builder.build();
  }

  private static Layer layer(int choice) {
    return switch (choice) {
      case 0 -> Conv2d.of(3, 3).padding(1);
      case 1 -> Conv2d.of(3, 1).withoutBias();
      case 2 -> new BatchNorm2d();
      case 3 -> new BatchNorm2d().withoutScale();
      case 4 -> new BatchNorm2d().freeze();
      case 5 -> new Dropout(0.3f);
      case 6 -> new Tanh();
      case 7 -> Reshape.of(3, 4, 5);
      default -> new Relu();
    };
  }

  /** One of the last three names, mostly the last. */
  private static String recent(List<String> names, RandomKey key, long draw) {
    int back = Math.max(0, (int) key.below(draw, 6) - 3);
    return names.get(Math.max(0, names.size() - 1 - back));
  }
}
