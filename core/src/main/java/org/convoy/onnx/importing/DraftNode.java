package org.convoy.onnx.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.nn.Layer;
import org.convoy.tensor.Tensor;

/** A node of a network that is not finished yet. */
final class DraftNode {
  private final String name;
  private Layer layer;
  private final List<String> inputs;
  private final Map<String, Tensor> parameters;

  DraftNode(String name, Layer layer, List<String> inputs, Map<String, Tensor> parameters) {
    this.name = name;
    this.layer = layer;
    this.inputs = new ArrayList<>(inputs);
    this.parameters = new LinkedHashMap<>(parameters);
  }

  String name() {
    return name;
  }

  Layer layer() {
    return layer;
  }

  List<String> inputs() {
    return inputs;
  }

  Map<String, Tensor> parameters() {
    return parameters;
  }

  /** Gives the node another layer, with a parameter more or another one. */
  void replace(Layer newLayer, String parameter, Tensor numbers) {
    layer = newLayer;
    parameters.put(parameter, numbers);
  }
}
