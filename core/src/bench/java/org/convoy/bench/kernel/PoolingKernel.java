package org.convoy.bench.kernel;

import org.convoy.backend.Backend;
import org.convoy.backend.Pooling;
import org.convoy.bench.Values;
import org.convoy.tensor.Tensor;

/** Pooling by the largest and the mean, forward and backward; each returns an element. */
public final class PoolingKernel {
  private final Pooling geometry;
  private final Backend backend;
  private final Tensor input;
  private final Tensor output;
  private final Tensor outputGradient;
  private final Tensor inputGradient;
  private final int[] winners;

  public PoolingKernel(PoolingCase sizes, Backend backend) {
    this.geometry = sizes.geometry();
    this.backend = backend;
    this.input = Values.uniform(geometry.input().prepend(sizes.batch()));
    this.output = Tensor.zeros(geometry.output().prepend(sizes.batch()));
    this.outputGradient = Values.uniform(output.shape());
    this.inputGradient = Tensor.zeros(input.shape());
    this.winners = new int[output.size()];
    backend.maxPool(geometry, input, output, winners);
  }

  public float max() {
    backend.maxPool(geometry, input, output, winners);
    return output.data()[0];
  }

  public float maxBackward() {
    backend.maxPoolBackward(geometry, outputGradient, winners, inputGradient);
    return inputGradient.data()[0];
  }

  public float average() {
    backend.averagePool(geometry, true, input, output);
    return output.data()[0];
  }

  public float averageBackward() {
    backend.averagePoolBackward(geometry, true, outputGradient, inputGradient);
    return inputGradient.data()[0];
  }

  /** Elements of the input. */
  public double elements() {
    return input.size();
  }
}
