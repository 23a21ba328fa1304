package org.convoy.nn.layer;

import java.util.List;
import org.convoy.backend.Convolution;
import org.convoy.nn.Initializer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * What convolutions on one, two and three spatial axes have in common: all but the number of {@link
 * #axes}. {@link Conv2d} describes the options.
 */
public interface ConvolutionLayer extends SingleInputLayer {
  int axes();

  int outChannels();

  Extent kernelSize();

  Extent stride();

  Padding padding();

  Extent dilation();

  int groups();

  boolean bias();

  Initializer initializer();

  private Convolution geometry(Shape input) {
    return new Convolution(
        input,
        outChannels(),
        groups(),
        Windows.of(axes(), input, kernelSize(), stride(), dilation(), padding()));
  }

  @Override
  default Shape outputShape(Shape input) {
    return geometry(input).output();
  }

  @Override
  default List<ParameterSpec> parameters(Shape input) {
    Shape shape = geometry(input).weight();
    ParameterSpec weight = new ParameterSpec("weight", shape, initializer());
    return bias()
        ? List.of(
            weight,
            new ParameterSpec("bias", Shape.of(outChannels()), initializer().forBias(shape)))
        : List.of(weight);
  }

  @Override
  default long multiplyAdds(Shape input) {
    Convolution geometry = geometry(input);
    Shape output = geometry.output();
    return (long) output.elementCount() / outChannels() * geometry.weight().elementCount();
  }

  @Override
  default void forward(LayerContext context) {
    Tensor input = context.input();
    context
        .backend()
        .convolve(
            geometry(input.shape().dropFirst()),
            input,
            context.parameter("weight"),
            bias() ? context.parameter("bias") : null,
            context.output(),
            context.workspace());
  }

  @Override
  default boolean backwardReadsOutput() {
    return false;
  }

  @Override
  default void backward(LayerContext context) {
    Convolution geometry = geometry(context.input().shape().dropFirst());
    if (context.learns()) {
      addParameterGradients(context, geometry);
    }
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .convolveBackwardInput(
              geometry,
              context.outputGradient(),
              context.parameter("weight"),
              context.inputGradient(),
              context.workspace());
    }
  }

  private void addParameterGradients(LayerContext context, Convolution geometry) {
    context
        .backend()
        .convolveBackwardWeight(
            geometry,
            context.input(),
            context.outputGradient(),
            context.parameterGradient("weight"),
            context.workspace());
    if (bias()) {
      context.backend().addChannelSums(context.outputGradient(), context.parameterGradient("bias"));
    }
  }
}
