package org.convoy.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.convoy.backend.Backend;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.tensor.Tensor;

/** Finds the first layer whose output is not finite, one image at a time, as in evaluation. */
final class LayerFaults {
  private final Network network;
  private final Execution execution;
  private final Parameters parameters;

  LayerFaults(Network network, Backend backend, Parameters parameters) {
    this.network = network;
    this.execution = Execution.forInspection(network, backend, 1);
    this.parameters = parameters;
  }

  /**
   * @param input prepared images
   * @param ids of the images
   * @return the earliest layer of all images, with the images that it fails for
   */
  Optional<ShardFault> find(int shard, Tensor input, long[] ids) {
    int earliest = network.nodes().size();
    String what = "";
    List<Long> images = new ArrayList<>();
    for (int i = 0; i < input.shape().size(0); i++) {
      copy(input, i);
      execution.forward(1, parameters);
      int node = firstFault();
      if (node < earliest) {
        earliest = node;
        what = describe(node);
        images.clear();
        images.add(ids[i]);
      } else if (node == earliest && !images.isEmpty()) {
        images.add(ids[i]);
      }
    }
    return images.isEmpty() ? Optional.empty() : Optional.of(new ShardFault(shard, what, images));
  }

  private void copy(Tensor input, int image) {
    Tensor target = execution.input(1);
    int size = target.size();
    System.arraycopy(
        input.data(), input.offset() + image * size, target.data(), target.offset(), size);
  }

  /** Index of the node, or the number of nodes. */
  private int firstFault() {
    for (int node = 0; node < network.nodes().size(); node++) {
      if (faultOf(node) != 0) {
        return node;
      }
    }
    return network.nodes().size();
  }

  private String describe(int node) {
    return "layer " + network.nodes().get(node).name() + " gives " + faultOf(node);
  }

  /** The first value that is NaN or infinite, or else 0. */
  private float faultOf(int node) {
    Tensor output = execution.output(network.nodes().get(node).name(), 1);
    for (int i = 0; i < output.size(); i++) {
      float value = output.data()[output.offset() + i];
      if (!Float.isFinite(value)) {
        return value;
      }
    }
    return 0;
  }
}
