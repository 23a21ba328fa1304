package org.convoy.spark.run;

import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.nn.layer.Linear;
import org.convoy.optim.Optimizer;
import org.convoy.tensor.Shape;

/** Estimates of memory, without allocating it. */
final class TaskMemory {
  private static final Network TINY = Network.builder(Shape.of(1)).add("fc", Linear.of(1)).build();

  private TaskMemory() {}

  /**
   * Of a task that trains.
   *
   * @param images at a time
   */
  static NetworkSummary.Memory ofTraining(Network network, int images, Optimizer optimizer) {
    int vectors = optimizer.newState(TINY.layout()).names().size();
    return network.summary().trainingMemory(images, vectors);
  }
}
