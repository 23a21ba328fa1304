package org.convoy.nn.layer;

import java.util.function.IntUnaryOperator;
import org.convoy.backend.Normalization;
import org.convoy.nn.LayerContext;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Normalization of regions: neighbouring elements of one example that share mean and variance. The
 * backend normalizes them as it does channels; weight and bias follow.
 */
final class RegionNormalization {
  private final LayerContext context;
  private final int regions;
  private final double eps;
  private final boolean affine;
  private final IntUnaryOperator entry;

  /**
   * @param regions in the whole batch
   * @param entry of weight and bias that an element of the batch takes
   */
  RegionNormalization(
      LayerContext context, int regions, double eps, boolean affine, IntUnaryOperator entry) {
    this.context = context;
    this.regions = regions;
    this.eps = eps;
    this.affine = affine;
    this.entry = entry;
  }

  void forward() {
    Tensor output = context.output();
    context.backend().normalize(options(), rows(context.input()), rows(output));
    if (!affine) {
      return;
    }
    float[] y = output.data();
    Tensor weight = context.parameter("weight");
    Tensor bias = context.parameter("bias");
    for (int i = 0; i < output.size(); i++) {
      int e = entry.applyAsInt(i);
      float w = weight.data()[weight.offset() + e];
      y[output.offset() + i] = Math.fma(y[output.offset() + i], w, bias.data()[bias.offset() + e]);
    }
  }

  void backward() {
    if (affine && context.learns()) {
      addParameterGradients();
    }
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor inputGradient = context.inputGradient();
    inputGradient.copyFrom(context.outputGradient());
    if (affine) {
      multiplyByWeight(inputGradient);
    }
    Tensor gradient = rows(inputGradient);
    context
        .backend()
        .normalizeBackward(options(), rows(context.input()), gradient, null, null, gradient);
  }

  private void multiplyByWeight(Tensor gradient) {
    Tensor weight = context.parameter("weight");
    for (int i = 0; i < gradient.size(); i++) {
      gradient.data()[gradient.offset() + i] *=
          weight.data()[weight.offset() + entry.applyAsInt(i)];
    }
  }

  /** Elements in ascending order. */
  private void addParameterGradients() {
    Tensor weight = context.parameterGradient("weight");
    Tensor bias = context.parameterGradient("bias");
    Tensor input = context.input();
    Tensor gradient = context.outputGradient();
    Tensor statistics = context.floats();
    int length = input.size() / regions;
    for (int region = 0; region < regions; region++) {
      float mean = statistics.data()[statistics.offset() + region];
      double variance = statistics.data()[statistics.offset() + regions + region];
      float inverse = (float) (1 / Math.sqrt(variance + eps));
      for (int i = region * length; i < (region + 1) * length; i++) {
        int e = entry.applyAsInt(i);
        float g = gradient.data()[gradient.offset() + i];
        float normalized = (input.data()[input.offset() + i] - mean) * inverse;
        int to = weight.offset() + e;
        weight.data()[to] = Math.fma(g, normalized, weight.data()[to]);
        bias.data()[bias.offset() + e] += g;
      }
    }
  }

  private Normalization options() {
    return Normalization.measuring(statistics(0), statistics(regions), null, null, eps);
  }

  private Tensor statistics(int first) {
    Tensor floats = context.floats();
    return Tensor.view(floats.data(), floats.offset() + first, Shape.of(regions));
  }

  private Tensor rows(Tensor tensor) {
    Shape shape = Shape.of(1, regions, tensor.size() / regions);
    return Tensor.view(tensor.data(), tensor.offset(), shape);
  }
}
