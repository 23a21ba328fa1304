package org.convoy.bench.kernel;

import org.convoy.backend.Backend;
import org.convoy.backend.Normalization;
import org.convoy.bench.Values;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** Batch normalization in training, with weight and bias; each pass returns an element. */
public final class NormalizationKernel {
  private static final double EPS = 1e-5;

  private final Backend backend;
  private final Normalization options;
  private final Tensor input;
  private final Tensor output;
  private final Tensor outputGradient;
  private final Tensor inputGradient;
  private final Tensor weightGradient;
  private final Tensor biasGradient;

  public NormalizationKernel(NormalizationCase sizes, Backend backend) {
    this.backend = backend;
    Shape channels = Shape.of(sizes.shape().size(1));
    this.options =
        Normalization.measuring(
            Tensor.zeros(channels),
            Tensor.zeros(channels),
            Values.uniform(channels),
            Values.uniform(channels),
            EPS);
    this.input = Values.uniform(sizes.shape());
    this.output = Tensor.zeros(sizes.shape());
    this.outputGradient = Values.uniform(sizes.shape());
    this.inputGradient = Tensor.zeros(sizes.shape());
    this.weightGradient = Tensor.zeros(channels);
    this.biasGradient = Tensor.zeros(channels);
    backend.normalize(options, input, output);
  }

  public float forward() {
    backend.normalize(options, input, output);
    return output.data()[0];
  }

  public float backward() {
    backend.normalizeBackward(
        options, input, outputGradient, weightGradient, biasGradient, inputGradient);
    return inputGradient.data()[0];
  }

  /** Elements of the input. */
  public double elements() {
    return input.size();
  }
}
