package org.convoy.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.convoy.nn.Layer;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Layers;
import org.convoy.nn.layer.LogSoftmax;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.layer.Sigmoid;
import org.convoy.nn.layer.Softmax;
import org.convoy.nn.layer.Tanh;
import org.convoy.testing.ReferenceCase;

/** Layers, each read from its case's own options. */
public final class LayerChecks {
  private LayerChecks() {}

  /** What computes each operation. */
  public static Map<String, ReferenceCheck> byOperation() {
    Map<String, ReferenceCheck> checks = new LinkedHashMap<>();
    layers().forEach((operation, layer) -> checks.put(operation, check(layer)));
    return checks;
  }

  private static Map<String, Function<ReferenceCase, Layer>> layers() {
    Map<String, Function<ReferenceCase, Layer>> layers = new LinkedHashMap<>();
    for (String axes : List.of("1d", "2d", "3d")) {
      layers.put("conv" + axes, LayerChecks::convolution);
      layers.put("maxpool" + axes, reference -> windowed(reference, "max-pool" + axes));
      layers.put("avgpool" + axes, reference -> windowed(reference, "avg-pool" + axes));
      layers.put(
          "adaptive_avgpool" + axes,
          reference -> renamed(reference, "adaptive-avg-pool" + axes, "output", "outputSize"));
    }
    layers.put("linear", LayerChecks::linear);
    layers.put("lrn", reference -> read(Options.of(reference, "local-response-norm")));
    layers.put("relu", reference -> new Relu());
    layers.put("sigmoid", reference -> new Sigmoid());
    layers.put("tanh", reference -> new Tanh());
    layers.put("softmax", reference -> new Softmax());
    layers.put("log_softmax", reference -> new LogSoftmax());
    layers.put("concat", reference -> new Concat());
    layers.put("leaky_relu", reference -> read(Options.of(reference, "leaky-relu")));
    layers.put("elu", reference -> read(Options.of(reference, "elu")));
    layers.put("maxout", reference -> read(Options.of(reference, "maxout")));
    layers.put("prelu", LayerChecks::prelu);
    return layers;
  }

  private static ReferenceCheck check(Function<ReferenceCase, Layer> layer) {
    return (reference, backend) -> {
      Object axis = reference.options().getOrDefault("dim", 1L);
      assertThat(((Number) axis).intValue()).as("axis of the channels").isEqualTo(1);
      String[] inputs =
          reference.has("x")
              ? new String[] {"x"}
              : Stream.of("x1", "x2", "x3", "x4").filter(reference::has).toArray(String[]::new);
      new RecordedNetwork(reference, inputs)
          .add("layer", layer.apply(reference), inputs)
          .run(backend);
    };
  }

  private static Layer convolution(ReferenceCase reference) {
    Map<String, Object> options = windowOptions(reference, reference.operation());
    options.put("outChannels", reference.tensor("w").shape().size(0));
    return read(options);
  }

  private static Layer windowed(ReferenceCase reference, String type) {
    return read(windowOptions(reference, type));
  }

  private static Map<String, Object> windowOptions(ReferenceCase reference, String type) {
    Map<String, Object> options = Options.of(reference, type);
    options.put("kernelSize", options.remove("kernel"));
    return options;
  }

  private static Layer renamed(ReferenceCase reference, String type, String name, String newName) {
    Map<String, Object> options = Options.of(reference, type);
    options.put(newName, options.remove(name));
    return read(options);
  }

  private static Layer linear(ReferenceCase reference) {
    Map<String, Object> options = Options.of(reference, "linear");
    options.put("outFeatures", reference.tensor("w").shape().size(0));
    return read(options);
  }

  private static Layer prelu(ReferenceCase reference) {
    Map<String, Object> options = Options.of(reference, "prelu", "per_channel");
    options.put("numParameters", reference.tensor("slope").size());
    return read(options);
  }

  private static Layer read(Map<String, Object> options) {
    return Layers.codec().read(Layers.registry(), options, "layer");
  }
}
