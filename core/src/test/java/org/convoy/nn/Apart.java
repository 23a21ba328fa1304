package org.convoy.nn;

import java.util.List;
import org.convoy.tensor.Shape;

/** A layer that is never joined with another and shares no memory. */
record Apart(Layer layer) implements Layer {

  /** The network with every layer apart. */
  static Network of(Network network) {
    Network.Builder builder = Network.builder(network.inputShape());
    for (Network.Node node : network.nodes()) {
      builder.add(node.name(), new Apart(node.layer()), node.inputs().toArray(new String[0]));
      network.auxiliaries().stream()
          .filter(auxiliary -> auxiliary.node().equals(node.name()))
          .forEach(auxiliary -> builder.auxiliary(auxiliary.weight()));
    }
    return builder.build();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return layer.outputShape(inputs);
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    return layer.parameters(inputs);
  }

  @Override
  public Scratch scratch(List<Shape> inputs) {
    return layer.scratch(inputs);
  }

  @Override
  public void forward(LayerContext context) {
    layer.forward(context);
  }

  @Override
  public void backward(LayerContext context) {
    layer.backward(context);
  }
}
