package org.convoy.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.convoy.backend.Backend;
import org.convoy.nn.Execution;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;

/** A network on recorded inputs and parameters, run as training runs it, and compared. */
final class RecordedNetwork {
  /** The case's names of parameters, by ours; a normalization calls its weight and bias others. */
  private static final Map<String, List<String>> NAMES =
      Map.of("weight", List.of("w", "gamma", "slope"), "bias", List.of("b", "beta"));

  private final ReferenceCase reference;
  private final int batchSize;
  private final Network.Builder builder = Network.builder(Shape.of(1));
  private final Map<String, RecordedInput> inputs = new LinkedHashMap<>();
  private Tensor output;

  RecordedNetwork(ReferenceCase reference, String... inputs) {
    this.reference = reference;
    this.batchSize = reference.tensor(inputs[0]).shape().size(0);
    for (String name : inputs) {
      RecordedInput input = new RecordedInput(reference.tensor(name));
      this.inputs.put(name, input);
      builder.add(name, input, Network.INPUT);
    }
  }

  /** Adds a node; where no input is named, after the one added last. */
  RecordedNetwork add(String name, Layer layer, String... inputsOfNode) {
    builder.add(name, layer, inputsOfNode);
    return this;
  }

  /** Runs forward and backward and compares all that is recorded of it. */
  void run(Backend backend) {
    compare(pass(backend, parameters()));
  }

  /** The recorded parameters and statistics; what is not recorded is as it begins. */
  Parameters parameters() {
    Network network = builder.build();
    Parameters parameters = network.initialize(1);
    for (ParameterLayout.Slice slice : slices(network.layout())) {
      String name = recordedName(slice.name());
      if (reference.has(name)) {
        assertThat(slice.shape()).as(name).isEqualTo(reference.tensor(name).shape());
        parameters.get(slice.name()).copyFrom(reference.tensor(name));
      }
    }
    return parameters;
  }

  /**
   * A training pass.
   *
   * @return what the whole vector receives, a sum over the examples
   */
  Parameters pass(Backend backend, Parameters parameters) {
    Network network = builder.build();
    Execution execution = Execution.forTraining(network, backend, batchSize);
    execution.input(batchSize).fill(0);
    Tensor last = execution.forward(batchSize, parameters, new long[batchSize]);
    output = Tensor.of(last.shape(), last.toArray());
    execution.outputGradient(batchSize).copyFrom(reference.tensor("gy"));
    float[] gradient = new float[parameters.values().length];
    execution.backward(gradient);
    return new Parameters(network.layout(), gradient);
  }

  /** Compares {@code y} and the gradients of inputs and parameters. */
  void compare(Parameters gradients) {
    assertThat(output.shape()).isEqualTo(reference.tensor("y").shape());
    reference.assertAgrees("y", output);
    inputs.forEach((name, input) -> reference.assertAgrees("g_" + name, input.gradient()));
    for (ParameterLayout.Slice slice : slices(gradients.layout())) {
      String name = recordedName(slice.name());
      if (reference.has("g_" + name)) {
        reference.assertAgrees("g_" + name, gradients.get(slice.name()));
      }
    }
  }

  /** Those of the nodes that are not inputs. */
  private List<ParameterLayout.Slice> slices(ParameterLayout layout) {
    Set<String> sources = inputs.keySet();
    return layout.slices().stream()
        .filter(slice -> sources.stream().noneMatch(name -> slice.name().startsWith(name + ".")))
        .toList();
  }

  /** {@code c1.w} for {@code c1.weight}; {@code w} for the node {@code layer}. */
  private String recordedName(String name) {
    int dot = name.lastIndexOf('.');
    String node = name.substring(0, dot);
    String own = name.substring(dot + 1);
    String prefix = node.equals("layer") ? "" : node + ".";
    List<String> candidates = new ArrayList<>(NAMES.getOrDefault(own, List.of()));
    candidates.add(own);
    return candidates.stream()
        .map(candidate -> prefix + candidate)
        .filter(reference::has)
        .findFirst()
        .orElse(prefix + own);
  }
}
