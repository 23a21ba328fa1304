package org.convoy.checkpoint;

import org.convoy.nn.Network;
import org.convoy.nn.Parameters;

/**
 * A trained network: its graph, its numbers, and what is known about it.
 *
 * @param parameters of the network's layout
 */
public record Model(Network network, Parameters parameters, ModelInfo info) {
  public Model {
    if (!parameters.layout().slices().equals(network.layout().slices())) {
      throw new IllegalArgumentException(
          "the parameters are not those of the network: expected "
              + network.layout().slices()
              + ", got "
              + parameters.layout().slices());
    }
  }
}
