package org.convoy.model;

import org.convoy.nn.Layer;
import org.convoy.nn.Network;

/** Layers one behind the other, named PREFIX.0, PREFIX.1 … as PyTorch's {@code nn.Sequential}. */
final class Sequence {
  private final Network.Builder builder;
  private final String prefix;
  private int next;

  /**
   * @param prefix of the layers' names, without the dot
   */
  Sequence(Network.Builder builder, String prefix) {
    this.builder = builder;
    this.prefix = prefix;
  }

  Sequence add(Layer... layers) {
    for (Layer layer : layers) {
      builder.add(prefix + "." + next, layer);
      next++;
    }
    return this;
  }
}
