package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.backend.Backends;
import org.convoy.model.ModelExamples.Example;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout.Slice;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.DoubleNetwork;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Outputs of every registered model, and gradients of a few of its parameters, against the formulas
 * in double precision and their central differences.
 */
class ModelGradientTest {
  private static final RandomKey KEY = RandomKey.ofSeed(11);
  private static final int BATCH = 2;
  private static final int CLASSES = 3;
  private static final int PARAMETERS = 5;
  private static final double STEP = 1e-6;

  /** Of the largest output, and of the largest gradient in the parameter: rounding adds up. */
  private static final double TOLERANCE = 2e-3;

  /**
   * Of the largest gradient behind many normalizations of few values: they enlarge rounding (seen:
   * 3e-3 in the first layer of 50).
   */
  private static final double TOLERANCE_OF_LARGE = 2e-2;

  static Stream<Example> small() {
    return ModelExamples.small();
  }

  static Stream<Example> large() {
    return ModelExamples.large();
  }

  @ParameterizedTest
  @MethodSource("small")
  void gradientsOfASmallModelAreThoseOfCentralDifferences(Example example) {
    assertGradients(example);
  }

  @ParameterizedTest
  @MethodSource("large")
  @Tag("long")
  void gradientsOfALargeModelAreThoseOfCentralDifferences(Example example) {
    assertGradients(example);
  }

  private static void assertGradients(Example example) {
    Network network = example.model().build(example.small(), CLASSES);
    double tolerance = example.large() ? TOLERANCE_OF_LARGE : TOLERANCE;
    Parameters parameters = network.initialize(3);
    Tensor input = ModelExamples.inputs(network, KEY.with("input"), BATCH);
    List<RandomKey> keys = List.of(KEY.with(0), KEY.with(1));
    Map<String, Tensor> arriving = new LinkedHashMap<>();
    DoubleNetwork expected = new DoubleNetwork(network, parameters, input, keys);
    Parameters gradient = run(expected, parameters, input, keys, arriving);
    for (Slice slice : chosen(network)) {
      int element = (int) KEY.with(slice.name()).below(0, slice.length());
      double slope =
          (loss(expected.shifted(slice.name(), element, STEP), arriving)
                  - loss(expected.shifted(slice.name(), element, -STEP), arriving))
              / (2 * STEP);
      Tensor actual = gradient.get(slice.name());
      assertThat((double) actual.data()[actual.offset() + element])
          .as("%s[%d]", slice.name(), element)
          .isCloseTo(slope, within(tolerance * largest(actual) + 1e-9));
    }
  }

  /** Forward and backward with random gradients arriving at every output. */
  private static Parameters run(
      DoubleNetwork expected,
      Parameters parameters,
      Tensor input,
      List<RandomKey> keys,
      Map<String, Tensor> arriving) {
    Network network = expected.network();
    Execution execution = Execution.forTraining(network, Backends.best(), BATCH);
    execution.input(BATCH).copyFrom(input);
    execution.forward(BATCH, parameters, keys.stream().mapToLong(RandomKey::value).toArray());
    List<String> outputs = new ArrayList<>(List.of(network.output()));
    network.auxiliaries().forEach(auxiliary -> outputs.add(auxiliary.node()));
    for (String output : outputs) {
      assertClose(execution.output(output, BATCH), expected.output(output), output);
      Tensor gradient = Values.random(KEY.with(output), network.shapeOf(output).prepend(BATCH));
      execution.outputGradient(output, BATCH).copyFrom(gradient);
      arriving.put(output, gradient);
    }
    Parameters gradient = new Parameters(network.layout(), new float[network.layout().length()]);
    execution.backward(gradient.values());
    return gradient;
  }

  /** The first and the last parameter and some between them. */
  private static List<Slice> chosen(Network network) {
    List<Slice> all = network.layout().parameters();
    List<Slice> chosen = new ArrayList<>(List.of(all.get(0), all.get(all.size() - 1)));
    for (int i = 0; chosen.size() < PARAMETERS; i++) {
      chosen.add(all.get((int) KEY.with("chosen").below(i, all.size())));
    }
    return chosen;
  }

  private static double loss(Map<String, double[]> outputs, Map<String, Tensor> arriving) {
    double sum = 0;
    for (Map.Entry<String, Tensor> entry : arriving.entrySet()) {
      double[] values = outputs.get(entry.getKey());
      Tensor factors = entry.getValue();
      for (int i = 0; i < values.length; i++) {
        sum += values[i] * factors.data()[factors.offset() + i];
      }
    }
    return sum;
  }

  private static void assertClose(Tensor actual, double[] expected, String output) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.data()[actual.offset() + i])
          .as("%s[%d]", output, i)
          .isCloseTo(expected[i], within(TOLERANCE * largest));
    }
  }

  private static double largest(Tensor values) {
    double largest = 0;
    for (int i = 0; i < values.size(); i++) {
      largest = Math.max(largest, Math.abs(values.data()[values.offset() + i]));
    }
    return largest;
  }
}
