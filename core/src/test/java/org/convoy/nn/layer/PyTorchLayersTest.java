package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.convoy.backend.Backend;
import org.convoy.backend.Backends;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.LayerRun.Data;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;
import org.convoy.testing.ReferenceCases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Output, gradients and shapes of layers are those that PyTorch recorded. */
@Tag("backend")
class PyTorchLayersTest {
  /** PyTorch's operations, and the layer that a case's options describe. */
  private static final Map<String, Function<ReferenceCase, Layer>> LAYERS =
      Map.of(
          "conv2d", PyTorchLayersTest::convolution,
          "maxpool2d", PyTorchLayersTest::maxPool,
          "avgpool2d", PyTorchLayersTest::averagePool,
          "linear", PyTorchLayersTest::linear,
          "relu", reference -> new Relu(),
          "sigmoid", reference -> new Sigmoid(),
          "tanh", reference -> new Tanh(),
          "softmax", reference -> new Softmax(),
          "concat", reference -> new Concat());

  static Stream<Arguments> runs() {
    List<Backend> backends =
        Stream.concat(Stream.of(Backends.scalar()), Backends.simd().stream()).toList();
    return LAYERS.keySet().stream()
        .sorted()
        .flatMap(ReferenceCases::of)
        .flatMap(reference -> backends.stream().map(backend -> arguments(reference, backend)));
  }

  @Test
  void noCaseIsForgotten() {
    assertThat(LAYERS.keySet().stream().flatMap(ReferenceCases::of)).hasSize(28 + 10 + 6 + 4 + 5);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void layersAgreeWithPyTorch(ReferenceCase reference, Backend backend) {
    Layer layer = LAYERS.get(reference.operation()).apply(reference);
    List<String> names = reference.has("x") ? List.of("x") : List.of("x1", "x2", "x3");
    List<Tensor> inputs = names.stream().map(reference::tensor).toList();
    List<Shape> shapes = inputs.stream().map(input -> input.shape().dropFirst()).toList();
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    layer
        .parameters(shapes)
        .forEach(
            spec -> {
              Tensor recorded = reference.tensor(spec.name().substring(0, 1));
              assertThat(recorded.shape()).isEqualTo(spec.shape());
              parameters.put(spec.name(), recorded);
            });
    List<RandomKey> keys =
        Stream.generate(() -> new RandomKey(0)).limit(inputs.get(0).shape().size(0)).toList();
    Data data = new Data(inputs, parameters, reference.tensor("gy"), keys);

    LayerRun run = new LayerRun(backend, layer, data, true).forward().backward(data.arriving());

    assertThat(run.output().shape()).isEqualTo(reference.tensor("y").shape());
    reference.assertAgrees("y", run.output());
    for (int k = 0; k < names.size(); k++) {
      reference.assertAgrees("g_" + names.get(k), run.inputGradient(k));
    }
    run.parameterGradients()
        .forEach((name, gradient) -> reference.assertAgrees("g_" + name.substring(0, 1), gradient));
  }

  private static Layer convolution(ReferenceCase reference) {
    Tensor weight = reference.tensor("w");
    return read(
        "conv2d",
        reference,
        Map.of("outChannels", weight.shape().size(0)),
        "kernel:kernelSize",
        "stride",
        "padding",
        "dilation",
        "groups",
        "bias");
  }

  private static Layer maxPool(ReferenceCase reference) {
    return read(
        "max-pool2d",
        reference,
        Map.of(),
        "kernel:kernelSize",
        "stride",
        "padding",
        "dilation",
        "ceil_mode:ceilMode");
  }

  private static Layer averagePool(ReferenceCase reference) {
    return read(
        "avg-pool2d",
        reference,
        Map.of(),
        "kernel:kernelSize",
        "stride",
        "padding",
        "ceil_mode:ceilMode",
        "count_include_pad:countIncludePad");
  }

  private static Layer linear(ReferenceCase reference) {
    int outputs = reference.tensor("w").shape().size(0);
    return read("linear", reference, Map.of("outFeatures", outputs), "bias");
  }

  /**
   * Reads a layer from the case's own options.
   *
   * @param options PyTorch's name, followed by ours after a colon where it is another
   */
  private static Layer read(
      String type, ReferenceCase reference, Map<String, Object> known, String... options) {
    Map<String, Object> described =
        Stream.of(options)
            .map(option -> option.split(":"))
            .collect(
                Collectors.toMap(
                    names -> names[names.length - 1], names -> reference.option(names[0])));
    described.put("type", type);
    described.putAll(known);
    return Layers.codec().read(Layers.registry(), described, reference.name());
  }
}
