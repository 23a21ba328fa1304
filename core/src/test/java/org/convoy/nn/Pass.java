package org.convoy.nn;

import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** One forward pass, and backward passes when asked. */
final class Pass {
  private final Network network;
  private final Parameters parameters;
  private final Execution execution;
  private final int count;
  private final float[] input;
  private final float[] output;
  private final float[] gradient;

  Pass(Network network, int count, float... input) {
    this.network = network;
    this.count = count;
    this.input = input;
    this.parameters = network.initialize(0);
    this.gradient = new float[network.parameterCount()];
    this.execution = Execution.forTraining(network, null, count + 1);
    execution.input(count).copyFrom(Tensor.of(Shape.of(input.length), input));
    this.output = execution.forward(count, parameters, new long[count]).toArray();
  }

  float[] output() {
    return output;
  }

  float[] gradient() {
    return gradient;
  }

  void backward(float... arriving) {
    Tensor target = execution.outputGradient(count);
    target.copyFrom(Tensor.of(Shape.of(arriving.length), arriving));
    execution.backward(gradient);
  }

  float[] inferred() {
    Execution inference = Execution.forInference(network, null, count);
    inference.input(count).copyFrom(Tensor.of(Shape.of(input.length), input));
    return inference.forward(count, parameters).toArray();
  }
}
