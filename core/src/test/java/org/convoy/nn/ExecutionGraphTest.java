package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Random graphs against back-propagation without any memory plan; all numbers are whole. */
class ExecutionGraphTest {
  private static final Shape PAIR = Shape.of(2);

  @Test
  void randomGraphsHaveTheGradientsOfTextbookBackPropagation() {
    for (int seed = 0; seed < 200; seed++) {
      RandomKey key = RandomKey.ofSeed(seed);
      Network network = randomGraph(key);
      int count = 1 + (int) key.below(100, 3);
      float[] input = smallWholeNumbers(key.with("input"), count * 2);
      float[] arriving = smallWholeNumbers(key.with("arriving"), count * 2);
      Pass run = new Pass(network, count, input);
      run.backward(arriving);
      Textbook textbook = new Textbook(network, count, input, arriving);
      assertThat(run.inferred()).as("inference, seed %d", seed).isEqualTo(run.output());
      assertSameNumbers(run.output(), textbook.output(), "output, seed " + seed);
      assertSameNumbers(run.gradient(), textbook.gradient(), "gradient, seed " + seed);
    }
  }

  @Test
  void whatIsFrozenChangesNoOtherGradient() {
    for (int seed = 0; seed < 100; seed++) {
      RandomKey key = RandomKey.ofSeed(seed);
      Network network = randomGraph(key);
      Set<String> frozen = new HashSet<>();
      for (Network.Node node : network.nodes()) {
        if (key.with("frozen").with(node.name()).below(0, 2) == 0) {
          frozen.add(node.name());
        }
      }
      float[] input = smallWholeNumbers(key.with("input"), 2);
      float[] gradient = new float[network.parameterCount()];
      Execution execution = Execution.forTraining(network, null, 1, frozen);
      float[] output = pass(execution, 1, network.initialize(0), input, gradient);
      Textbook textbook = new Textbook(network, 1, input, new float[] {1, 1});
      assertSameNumbers(output, textbook.output(), "output, seed " + seed);
      float[] expected = textbook.gradient();
      for (ParameterLayout.Slice slice : network.layout().slices()) {
        if (frozen.contains(slice.name().replace(".weight", ""))) {
          Arrays.fill(expected, slice.offset(), slice.end(), 0);
        }
      }
      assertSameNumbers(gradient, expected, "gradient, seed " + seed);
    }
  }

  @Test
  void passesLeaveNothingBehind() {
    RandomKey key = RandomKey.ofSeed(77);
    Network network = randomGraph(key);
    Execution reused = Execution.forTraining(network, null, 5);
    Parameters parameters = network.initialize(1);
    for (int pass = 0; pass < 20; pass++) {
      int count = 1 + (int) key.below(pass, 5);
      float[] input = smallWholeNumbers(key.with(pass), count * 2);
      float[] kept = new float[network.parameterCount()];
      float[] fresh = new float[network.parameterCount()];
      assertThat(pass(reused, count, parameters, input, kept))
          .isEqualTo(
              pass(Execution.forTraining(network, null, 5), count, parameters, input, fresh));
      assertThat(kept).isEqualTo(fresh);
    }
  }

  /** Equal, 0 and -0 being the same. */
  private static void assertSameNumbers(float[] actual, float[] expected, String what) {
    assertThat(actual)
        .as(what)
        .usingElementComparator((a, b) -> a.floatValue() == b.floatValue() ? 0 : 1)
        .containsExactly(expected);
  }

  private static float[] pass(
      Execution execution, int count, Parameters parameters, float[] input, float[] gradient) {
    execution.input(count).copyFrom(Tensor.of(Shape.of(input.length), input));
    float[] output = execution.forward(count, parameters, new long[count]).toArray();
    execution.outputGradient(count).fill(1);
    execution.backward(gradient);
    return output;
  }

  private static Network randomGraph(RandomKey key) {
    Network.Builder builder = Network.builder(PAIR);
    List<String> names = new ArrayList<>(List.of(Network.INPUT));
    int nodes = 1 + (int) key.below(0, 10);
    for (int i = 0; i < nodes; i++) {
      RandomKey item = key.with(i);
      String name = "node" + i;
      if (item.below(0, 3) > 0) {
        builder.add(name, new Scale(item.below(1, 4) - 1), any(names, item, 2));
      } else {
        String[] inputs = new String[1 + (int) item.below(1, 4)];
        for (int k = 0; k < inputs.length; k++) {
          inputs[k] = any(names, item, 10 + k);
        }
        builder.add(name, new Sum(), inputs);
      }
      names.add(name);
    }
    return builder.build();
  }

  private static String any(List<String> names, RandomKey key, long draw) {
    return names.get((int) key.below(draw, names.size()));
  }

  private static float[] smallWholeNumbers(RandomKey key, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = key.below(i, 7) - 3;
    }
    return numbers;
  }
}
