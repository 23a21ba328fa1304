package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.backend.Backends;
import org.convoy.nn.Execution;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.LayerExamples.Example;
import org.convoy.onnx.OnnxExporter;
import org.convoy.onnx.OnnxRunner;
import org.convoy.onnx.OnnxRuntime;
import org.convoy.onnx.export.LayerExports;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.operator.Value;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example of every layer, written as ONNX: ONNX Runtime accepts the file and computes what
 * Convoy computes, for one example and for three; and so does our own runner.
 */
class LayerOnnxTest {
  /** Layers that cannot be written as ONNX, with the reason. */
  private static final Map<Class<? extends Layer>, String> NOT_WRITTEN = Map.of();

  private static final double RELATIVE = 1e-5;

  static Stream<Example> examples() {
    return LayerExamples.all()
        .filter(example -> !NOT_WRITTEN.containsKey(example.layer().getClass()));
  }

  @Test
  void everyRegisteredLayerIsWrittenOrListed() {
    Collection<Class<? extends Layer>> registered = Layers.registry().types().values();

    assertThat(NOT_WRITTEN.keySet()).doesNotContainAnyElementsOf(LayerExports.types());
    assertThat(Stream.concat(LayerExports.types().stream(), NOT_WRITTEN.keySet().stream()))
        .containsExactlyInAnyOrderElementsOf(registered);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runtimeComputesTheSame(Example example) throws OrtException, IOException {
    Network network = networkOf(example);
    Parameters parameters = numbers(network);
    OnnxModel model = OnnxExporter.export(network, parameters, "test");
    OnnxRunner runner = new OnnxRunner(model, Backends.scalar());

    try (OnnxRuntime runtime = new OnnxRuntime(model)) {
      for (int batch : new int[] {1, 3}) {
        Tensor input = input(example.layer(), network.inputShape().prepend(batch));
        Execution execution = Execution.forInference(network, Backends.scalar(), batch);
        execution.input(batch).copyFrom(input);
        Tensor expected = execution.forward(batch, parameters);

        assertClose(expected, runtime.run(input));
        assertClose(
            expected, runner.run(List.of(Value.of(input))).get(0).tensor(shapeOf(expected)));
      }
    }
  }

  private static int[] shapeOf(Tensor tensor) {
    return tensor.shape().toArray();
  }

  private static void assertClose(Tensor expected, Tensor got) {
    assertThat(got.shape()).isEqualTo(expected.shape());
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.size(); i++) {
      float wanted = expected.data()[expected.offset() + i];
      largest = Math.max(largest, Math.abs(wanted));
      error = Math.max(error, Math.abs(wanted - got.data()[got.offset() + i]));
    }
    assertThat(error).isLessThanOrEqualTo(RELATIVE * largest);
  }

  /** Layers with several inputs get each from a layer of its own. */
  private static Network networkOf(Example example) {
    Network.Builder builder = Network.builder(example.inputs().get(0));
    if (example.inputs().size() == 1) {
      return builder.add("layer", example.layer()).build();
    }
    List<String> names = new ArrayList<>();
    for (Shape shape : example.inputs()) {
      String name = "source" + names.size();
      Layer source = shape.rank() == 1 ? Linear.of(shape.size(0)) : Conv2d.of(shape.size(0), 1);
      builder.add(name, source, Network.INPUT);
      names.add(name);
    }
    return builder.add("layer", example.layer(), names.toArray(String[]::new)).build();
  }

  /** Every parameter and statistic away from what it begins with. */
  private static Parameters numbers(Network network) {
    Parameters parameters = network.initialize(3);
    RandomKey key = RandomKey.ofSeed(4);
    for (ParameterLayout.Slice slice : network.layout().slices()) {
      boolean variance = slice.name().endsWith("running_var");
      for (int i = slice.offset(); i < slice.end(); i++) {
        float change = key.uniformFloat(i) - 0.5f;
        parameters.values()[i] += variance ? change + 0.25f : change;
      }
    }
    return parameters;
  }

  private static Tensor input(Layer layer, Shape shape) {
    RandomKey key = RandomKey.ofSeed(5);
    Tensor input = Tensor.zeros(shape);
    for (int i = 0; i < input.size(); i++) {
      input.data()[i] =
          layer instanceof Embedding embedding
              ? key.below(i, embedding.numEmbeddings())
              : 4 * key.uniformFloat(i) - 2;
    }
    return input;
  }
}
