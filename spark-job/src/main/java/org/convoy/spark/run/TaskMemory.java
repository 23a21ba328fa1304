package org.convoy.spark.run;

import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.nn.layer.Linear;
import org.convoy.tensor.Shape;
import org.convoy.train.TrainingOptions;

/** Estimates of memory, without allocating it. */
final class TaskMemory {
  private static final Network TINY = Network.builder(Shape.of(1)).add("fc", Linear.of(1)).build();

  private TaskMemory() {}

  /**
   * Of a task that trains.
   *
   * @param images at a time
   * @param options say what the driver remembers: the optimizer's vectors, an average of the
   *     weights
   */
  static NetworkSummary.Memory ofTraining(Network network, int images, TrainingOptions options) {
    int vectors =
        options.optimizer().newState(TINY.layout()).names().size()
            + (options.averaging().isPresent() ? 1 : 0);
    return network.summary().trainingMemory(images, vectors);
  }
}
