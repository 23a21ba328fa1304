package org.convoy.visual.diagram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Layers;

/** What a diagram says of a layer, and in which color. */
final class LayerText {
  private static final String CONVOLUTION = "#4c78a8";
  private static final String LINEAR = "#8f6bb3";
  private static final String POOLING = "#4f9d69";
  private static final String MERGE = "#e0a030";
  private static final String OTHER = "#9aa4ae";

  /** Options that shape what a layer does, with the words before and behind their values. */
  private static final Map<String, String> SHOWN =
      Map.of("stride", "stride %s", "groups", "groups %s", "dilation", "dilation %s");

  private LayerText() {}

  /** The type, and options other than 1: {@code Conv2d 3x3, stride 2}. */
  static String of(Layer layer) {
    String type = layer.getClass().getSimpleName();
    if (!Layers.registry().types().containsValue(layer.getClass())) {
      return type;
    }
    Map<String, Object> options = Layers.codec().describe(Layers.registry(), layer);
    List<String> shown = new ArrayList<>();
    if (options.get("kernelSize") != null) {
      shown.add(kernel(options.get("kernelSize")));
    }
    for (String option : List.of("stride", "groups", "dilation")) {
      Object value = options.get(option);
      if (value != null && !isOne(value)) {
        shown.add(String.format(SHOWN.get(option), kernelOrNumber(value)));
      }
    }
    return shown.isEmpty() ? type : type + " " + String.join(", ", shown);
  }

  private static boolean isOne(Object value) {
    return value instanceof List<?> sizes
        ? sizes.stream().allMatch(LayerText::isOne)
        : value instanceof Number number && number.doubleValue() == 1;
  }

  private static String kernel(Object value) {
    return value instanceof Number ? value + "x" + value : kernelOrNumber(value);
  }

  private static String kernelOrNumber(Object value) {
    return value instanceof List<?> sizes
        ? sizes.stream().map(String::valueOf).collect(Collectors.joining("x"))
        : String.valueOf(value);
  }

  /** By what a layer does with its inputs, so that new layers find a color by themselves. */
  static String color(Network network, Network.Node node) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    node.layer()
        .parameters(network.inputShapes(node))
        .forEach(spec -> ranks.put(spec.name(), spec.shape().rank()));
    int weight = ranks.getOrDefault("weight", 0);
    if (node.inputs().size() > 1) {
      return MERGE;
    } else if (weight > 2) {
      return CONVOLUTION;
    } else if (weight == 2) {
      return LINEAR;
    }
    return node.layer().getClass().getSimpleName().contains("Pool") ? POOLING : OTHER;
  }
}
