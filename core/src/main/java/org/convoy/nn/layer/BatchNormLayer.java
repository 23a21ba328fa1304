package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.convoy.backend.Normalization;
import org.convoy.nn.Layer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.Scratch;
import org.convoy.nn.SingleInputLayer;
import org.convoy.nn.init.Constant;
import org.convoy.nn.init.Zeros;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * What batch normalization on any number of spatial axes has in common: per channel y = (x - mean)
 * / sqrt(variance + eps) * weight + bias; Ioffe and Szegedy 2015.
 *
 * <p>A training pass takes mean and (biased) variance of the batch at hand, which is one shard's
 * part of a step, over all its examples and positions; a scoring pass takes the running ones, and
 * so does a training pass of a layer that is frozen. What a step has seen (the variance unbiased,
 * as in PyTorch) reaches the running statistics as the mean over its examples. A batch of one
 * example with one position has the variance 0, and shows that to the running one: its output is
 * the bias.
 */
interface BatchNormLayer extends SingleInputLayer, Rectifiable {
  double eps();

  double momentum();

  boolean affine();

  boolean frozen();

  /** Whether there is a weight beside the bias, if the layer is affine. */
  default boolean scale() {
    return true;
  }

  /** What the weights begin with. */
  default float initialWeight() {
    return 1;
  }

  /** Checks the number of axes. */
  void check(Shape input);

  @Override
  default Shape outputShape(Shape input) {
    check(input);
    return input;
  }

  @Override
  default List<ParameterSpec> parameters(Shape input) {
    Shape channels = Shape.of(input.size(0));
    List<ParameterSpec> specs = new ArrayList<>();
    if (affine() && scale()) {
      specs.add(new ParameterSpec("weight", channels, new Constant(initialWeight())));
    }
    if (affine()) {
      specs.add(new ParameterSpec("bias", channels, new Zeros()));
    }
    double moving = frozen() ? 0 : momentum();
    specs.add(ParameterSpec.statistic("running_mean", channels, new Zeros(), moving));
    specs.add(ParameterSpec.statistic("running_var", channels, new Constant(1), moving));
    return specs;
  }

  /** The batch's means, then its variances. */
  @Override
  default Scratch scratch(Shape input) {
    return new Scratch(0, 0, 2 * input.size(0));
  }

  @Override
  default boolean mixesBatch() {
    return !frozen();
  }

  @Override
  default boolean backwardReadsOutput() {
    return false;
  }

  @Override
  default void forward(LayerContext context) {
    forward(context, normalization(context));
  }

  @Override
  default void backward(LayerContext context) {
    backward(context, normalization(context));
  }

  @Override
  default Layer rectified() {
    return new NormRectified(this);
  }

  /** Rectifies in the passes of the normalization, which needs no output to go back. */
  record NormRectified(BatchNormLayer layer) implements Rectified {
    @Override
    public boolean backwardReadsOutput() {
      return false;
    }

    @Override
    public void forward(LayerContext context) {
      layer.forward(context, layer.normalization(context).rectified());
    }

    @Override
    public void backward(LayerContext context) {
      layer.backward(context, layer.normalization(context).rectified());
    }
  }

  private void forward(LayerContext context, Normalization options) {
    context.backend().normalize(options, context.input(), context.output());
  }

  private void backward(LayerContext context, Normalization options) {
    boolean wanted = context.learns() && affine();
    context
        .backend()
        .normalizeBackward(
            options,
            context.input(),
            context.outputGradient(),
            wanted && scale() ? context.parameterGradient("weight") : null,
            wanted ? context.parameterGradient("bias") : null,
            context.needsInputGradient(0) ? context.inputGradient() : null);
    if (measures(context)) {
      int channels = channels(context);
      int count = context.input().size() / channels;
      float unbiased = count == 1 ? 1 : (float) ((double) count / (count - 1));
      show(context, "running_mean", 0, 1);
      show(context, "running_var", channels, unbiased);
    }
  }

  /** Whether this pass normalizes by the batch's own statistics. */
  private boolean measures(LayerContext context) {
    return context.learns() && !frozen();
  }

  private Normalization normalization(LayerContext context) {
    Tensor weight = affine() && scale() ? context.parameter("weight") : null;
    Tensor bias = affine() ? context.parameter("bias") : null;
    if (!measures(context)) {
      return Normalization.given(
          context.parameter("running_mean"), context.parameter("running_var"), weight, bias, eps());
    }
    int channels = channels(context);
    return Normalization.measuring(
        statistics(context, 0, channels),
        statistics(context, channels, channels),
        weight,
        bias,
        eps());
  }

  private static int channels(LayerContext context) {
    return context.input().shape().size(1);
  }

  private static Tensor statistics(LayerContext context, int first, int channels) {
    Tensor floats = context.floats();
    return Tensor.view(floats.data(), floats.offset() + first, Shape.of(channels));
  }

  /** Adds what this batch shows of a statistic, once for each of its examples. */
  private static void show(LayerContext context, String name, int first, float factor) {
    Tensor seen = context.parameterGradient(name);
    Tensor floats = context.floats();
    for (int c = 0; c < seen.size(); c++) {
      float value = floats.data()[floats.offset() + first + c] * factor;
      int to = seen.offset() + c;
      seen.data()[to] = Math.fma(context.batchSize(), value, seen.data()[to]);
    }
  }
}
