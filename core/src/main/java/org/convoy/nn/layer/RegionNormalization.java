package org.convoy.nn.layer;

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
  private final int run;

  /**
   * @param regions in the whole batch
   * @param run how many neighbouring elements share an entry of weight and bias; entries follow one
   *     another, and begin again behind the last
   */
  RegionNormalization(LayerContext context, int regions, double eps, boolean affine, int run) {
    this.context = context;
    this.regions = regions;
    this.eps = eps;
    this.affine = affine;
    this.run = run;
  }

  void forward() {
    Tensor output = context.output();
    context.backend().normalize(options(), rows(context.input()), rows(output));
    if (!affine) {
      return;
    }
    Tensor weight = context.parameter("weight");
    Tensor bias = context.parameter("bias");
    float[] y = output.data();
    int end = output.offset() + output.size();
    int e = 0;
    for (int start = output.offset(); start < end; start += run) {
      float w = weight.data()[weight.offset() + e];
      float b = bias.data()[bias.offset() + e];
      for (int i = start; i < start + run; i++) {
        y[i] = Math.fma(y[i], w, b);
      }
      e = e + 1 == weight.size() ? 0 : e + 1;
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
    float[] g = gradient.data();
    int end = gradient.offset() + gradient.size();
    int e = 0;
    for (int start = gradient.offset(); start < end; start += run) {
      float w = weight.data()[weight.offset() + e];
      for (int i = start; i < start + run; i++) {
        g[i] *= w;
      }
      e = e + 1 == weight.size() ? 0 : e + 1;
    }
  }

  /** Sums of a run's elements in ascending order, then runs in theirs. */
  private void addParameterGradients() {
    Tensor weight = context.parameterGradient("weight");
    Tensor bias = context.parameterGradient("bias");
    Tensor gradient = context.outputGradient();
    float[] x = context.input().data();
    float[] g = gradient.data();
    int shift = context.input().offset() - gradient.offset();
    int length = gradient.size() / regions;
    int e = 0;
    for (int first = 0; first < gradient.size(); first += run) {
      float mean = statistic(first / length);
      float inverse = (float) (1 / Math.sqrt(statistic(regions + first / length) + eps));
      float products = 0;
      float sum = 0;
      int start = gradient.offset() + first;
      for (int i = start; i < start + run; i++) {
        products = Math.fma(g[i], (x[i + shift] - mean) * inverse, products);
        sum += g[i];
      }
      weight.data()[weight.offset() + e] += products;
      bias.data()[bias.offset() + e] += sum;
      e = e + 1 == weight.size() ? 0 : e + 1;
    }
  }

  private float statistic(int index) {
    return context.floats().data()[context.floats().offset() + index];
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
