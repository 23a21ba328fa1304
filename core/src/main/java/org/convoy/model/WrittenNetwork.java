package org.convoy.model;

import java.util.List;
import org.convoy.nn.Network;
import org.convoy.nn.layer.NetworkDescription;
import org.convoy.tensor.Shape;

/**
 * A network that a recipe writes out, layer by layer, instead of naming a model. The number of
 * classes is what its last layer says.
 *
 * @param nodes as {@link NetworkDescription} reads them
 */
record WrittenNetwork(List<?> nodes) implements Model {
  WrittenNetwork {
    nodes = List.copyOf(nodes);
  }

  /**
   * @throws org.convoy.description.DescriptionException that lists all that is wrong with the nodes
   */
  @Override
  public Network build(Shape input, int classes) {
    return NetworkDescription.readNodes(input, nodes);
  }
}
