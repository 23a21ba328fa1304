package org.convoy.nn.layer;

import java.util.List;
import org.convoy.backend.Convolution;
import org.convoy.nn.Initializer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** What convolutions on one, two and three spatial axes have in common: all but the number. */
interface ConvolutionLayer extends SingleInputLayer {
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
  default void backward(LayerContext context) {
    Tensor input = context.input();
    Tensor outputGradient = context.outputGradient();
    Convolution geometry = geometry(input.shape().dropFirst());
    context
        .backend()
        .convolveBackwardWeight(
            geometry,
            input,
            outputGradient,
            context.parameterGradient("weight"),
            context.workspace());
    if (bias()) {
      context.backend().addChannelSums(outputGradient, context.parameterGradient("bias"));
    }
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .convolveBackwardInput(
              geometry,
              outputGradient,
              context.parameter("weight"),
              context.inputGradient(),
              context.workspace());
    }
  }
}
