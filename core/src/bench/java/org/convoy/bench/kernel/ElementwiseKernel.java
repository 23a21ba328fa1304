package org.convoy.bench.kernel;

import org.convoy.backend.Backend;
import org.convoy.bench.Values;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** Operations on each element of 16 channels; each returns an element of its result. */
public final class ElementwiseKernel {
  private static final int CHANNELS = 16;

  private final Backend backend;
  private final Tensor input;
  private final Tensor output;
  private final Tensor rectified;
  private final Tensor outputGradient;
  private final Tensor inputGradient;
  private final Tensor sums = Tensor.zeros(Shape.of(CHANNELS));

  /**
   * @param elements a multiple of the 16 channels
   */
  public ElementwiseKernel(int elements, Backend backend) {
    this.backend = backend;
    Shape shape = Shape.of(1, CHANNELS, elements / CHANNELS);
    this.input = Values.uniform(shape);
    this.output = Tensor.zeros(shape);
    this.rectified = Tensor.zeros(shape);
    this.outputGradient = Values.uniform(shape);
    this.inputGradient = Tensor.zeros(shape);
    backend.relu(input, rectified);
  }

  public float relu() {
    backend.relu(input, output);
    return output.data()[0];
  }

  public float reluBackward() {
    backend.reluBackward(rectified, outputGradient, inputGradient);
    return inputGradient.data()[0];
  }

  public float silu() {
    backend.silu(input, output);
    return output.data()[0];
  }

  public float siluBackward() {
    backend.siluBackward(input, outputGradient, inputGradient);
    return inputGradient.data()[0];
  }

  public float exp() {
    backend.exp(input, output);
    return output.data()[0];
  }

  public float sigmoid() {
    backend.sigmoid(input, output);
    return output.data()[0];
  }

  public float tanh() {
    backend.tanh(input, output);
    return output.data()[0];
  }

  /** The gradient of a bias. */
  public float channelSums() {
    backend.addChannelSums(input, sums);
    return sums.data()[0];
  }

  /** Elements of the input. */
  public double elements() {
    return input.size();
  }
}
