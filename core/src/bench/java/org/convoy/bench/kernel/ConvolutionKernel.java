package org.convoy.bench.kernel;

import org.convoy.backend.Backend;
import org.convoy.backend.Convolution;
import org.convoy.backend.Workspace;
import org.convoy.bench.Values;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** The three passes of a convolution with their tensors; each returns an element of its result. */
public final class ConvolutionKernel {
  private final Convolution geometry;
  private final Backend backend;
  private final Tensor input;
  private final Tensor output;
  private final Tensor weight;
  private final Tensor bias;
  private final Tensor outputGradient;
  private final Tensor inputGradient;
  private final Tensor weightGradient;
  private final Workspace workspace = new Workspace();

  public ConvolutionKernel(ConvolutionCase sizes, Backend backend) {
    this.geometry = sizes.geometry();
    this.backend = backend;
    Shape inputs = geometry.input().prepend(sizes.batch());
    Shape outputs = geometry.output().prepend(sizes.batch());
    this.input = Values.uniform(inputs);
    this.output = Tensor.zeros(outputs);
    this.weight = Values.uniform(geometry.weight());
    this.bias = Values.uniform(Shape.of(geometry.filters()));
    this.outputGradient = Values.uniform(outputs);
    this.inputGradient = Tensor.zeros(inputs);
    this.weightGradient = Tensor.zeros(geometry.weight());
  }

  public float forward() {
    backend.convolve(geometry, input, weight, bias, output, workspace);
    return output.data()[0];
  }

  public float backwardInput() {
    backend.convolveBackwardInput(geometry, outputGradient, weight, inputGradient, workspace);
    return inputGradient.data()[0];
  }

  public float backwardWeight() {
    backend.convolveBackwardWeight(geometry, input, outputGradient, weightGradient, workspace);
    return weightGradient.data()[0];
  }

  /** Floating-point operations of each pass. */
  public double operations() {
    return 2.0 * output.size() * geometry.weight().elementCount() / geometry.filters();
  }
}
