package org.convoy.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Back-propagation of {@link Scale} and {@link Sum} with an array per value and no planning. */
final class Textbook {
  private final Network network;
  private final Parameters parameters;
  private final Map<String, float[]> values = new HashMap<>();
  private final Map<String, float[]> gradients = new HashMap<>();
  private final Parameters parameterGradients;

  Textbook(Network network, int count, float[] input, float[] arriving) {
    this.network = network;
    this.parameters = network.initialize(0);
    this.parameterGradients = new Parameters(network.layout(), new float[network.parameterCount()]);
    values.put(Network.INPUT, input);
    gradients.put(Network.INPUT, new float[input.length]);
    for (Network.Node node : network.nodes()) {
      values.put(node.name(), forward(node, input.length));
      gradients.put(node.name(), new float[count * network.shapeOf(node.name()).elementCount()]);
    }
    gradients.put(network.output(), arriving.clone());
    List<Network.Node> nodes = network.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      backward(nodes.get(i));
    }
  }

  float[] output() {
    return values.get(network.output());
  }

  float[] gradient() {
    return parameterGradients.values();
  }

  private float[] forward(Network.Node node, int length) {
    float[] output = new float[length];
    for (String source : node.inputs()) {
      for (int i = 0; i < length; i++) {
        output[i] += weight(node, i) * values.get(source)[i];
      }
    }
    return output;
  }

  private void backward(Network.Node node) {
    float[] arriving = gradients.get(node.name());
    for (String source : node.inputs()) {
      for (int i = 0; i < arriving.length; i++) {
        gradients.get(source)[i] += weight(node, i) * arriving[i];
      }
      if (node.layer() instanceof Scale) {
        float[] weightGradient = parameterGradients.values();
        int start = network.layout().slice(node.name() + ".weight").offset();
        for (int i = 0; i < arriving.length; i++) {
          weightGradient[start + i % 2] += arriving[i] * values.get(source)[i];
        }
      }
    }
  }

  private float weight(Network.Node node, int index) {
    return node.layer() instanceof Scale
        ? parameters.get(node.name() + ".weight").get(index % 2)
        : 1;
  }
}
