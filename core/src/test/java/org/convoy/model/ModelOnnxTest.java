package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.model.ModelExamples.Example;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.onnx.OnnxExporter;
import org.convoy.onnx.OnnxImporter;
import org.convoy.onnx.OnnxRuntime;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every registered model as ONNX: ONNX Runtime computes what Convoy computes, for one image and for
 * three, and importing the file (of all but the large ones) gives the network's numbers back.
 */
@Tag("backend")
class ModelOnnxTest {
  /** Above this many a model takes seconds and gigabytes. */
  private static final int MANY_PARAMETERS = 15_000_000;

  private static final double RELATIVE = 1e-5;

  static Stream<Example> models() {
    return all().filter(example -> example.parameters() < MANY_PARAMETERS);
  }

  static Stream<Example> largeModels() {
    return all().filter(example -> example.parameters() >= MANY_PARAMETERS);
  }

  /** Each network once. */
  private static Stream<Example> all() {
    return Stream.concat(ModelExamples.small(), ModelExamples.large());
  }

  @ParameterizedTest
  @MethodSource("models")
  void runtimeComputesTheSame(Example example) throws OrtException, IOException {
    check(example);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("largeModels")
  void runtimeComputesTheSameForLargeModels(Example example) throws OrtException, IOException {
    check(example);
  }

  private static void check(Example example) throws OrtException, IOException {
    Network network = example.model().build(example.small(), 5);
    Parameters parameters = network.initialize(2);
    Backend backend = Backends.best();
    OnnxModel onnx = OnnxExporter.export(network, parameters, "test");
    try (OnnxRuntime runtime = new OnnxRuntime(onnx)) {
      Execution execution = Execution.forInference(network, backend, 3);
      for (int batch : new int[] {1, 3}) {
        Tensor given = ModelExamples.inputs(network, RandomKey.ofSeed(batch), batch);
        execution.input(batch).copyFrom(given);
        assertClose(execution.forward(batch, parameters), runtime.run(given));
      }
    }
    if (example.parameters() >= MANY_PARAMETERS) {
      return;
    }
    OnnxImporter.Imported back = OnnxImporter.read(onnx, OnnxImporter.Choice.NONE, backend);
    assertThat(back.network().outputShape()).isEqualTo(network.outputShape());
    assertThat(back.difference()).isLessThanOrEqualTo(RELATIVE);
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
}
