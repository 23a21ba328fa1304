package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.convoy.backend.Convolution;
import org.convoy.backend.Window;
import org.convoy.nn.Initializer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * What transposed convolutions on one, two and three spatial axes have in common. Forward is the
 * backward pass of the convolution that would make the input of the output, and the other way
 * round; the output's size is (size - 1) * stride - padding + dilation * (kernel - 1) +
 * outputPadding + 1. {@link ConvTranspose2d} describes the options.
 */
public interface ConvTransposeLayer extends SingleInputLayer {
  int axes();

  int outChannels();

  Extent kernelSize();

  Extent stride();

  Padding padding();

  Padding outputPadding();

  Extent dilation();

  int groups();

  boolean bias();

  Initializer initializer();

  /** The convolution that would take this layer's output to its input. */
  private Convolution geometry(Shape input) {
    Windows.requireAxes(axes(), input);
    List<Window.Axis> window = new ArrayList<>();
    int[] sizes = new int[axes() + 1];
    sizes[0] = outChannels();
    for (int i = 0; i < axes(); i++) {
      int extent = dilation().at(i) * (kernelSize().at(i) - 1) + 1;
      Padding.Sides sides = padding().sides(i, 0, 0, 1);
      int extra = outputPadding().sides(i, 0, 0, 1).after();
      sizes[i + 1] =
          (input.size(i + 1) - 1) * stride().at(i)
              - sides.before()
              - sides.after()
              + extent
              + extra;
      window.add(
          new Window.Axis(
              kernelSize().at(i), stride().at(i), dilation().at(i), sides.before(), sides.after()));
      requireSize(input, sizes[i + 1], i);
    }
    return new Convolution(Shape.of(sizes), input.size(0), groups(), new Window(window));
  }

  private void requireSize(Shape input, int size, int axis) {
    if (size < 1) {
      throw new ShapeException(
          String.format(
              "padding %s takes all of the output on spatial axis %d (input %s); pad less",
              padding().describe(), axis, input));
    }
  }

  @Override
  default Shape outputShape(Shape input) {
    return geometry(input).input();
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
    return (long) input.elementCount() / input.size(0) * geometry.weight().elementCount();
  }

  @Override
  default boolean backwardReadsOutput() {
    return false;
  }

  @Override
  default void forward(LayerContext context) {
    Tensor input = context.input();
    Tensor output = context.output();
    context
        .backend()
        .convolveBackwardInput(
            geometry(input.shape().dropFirst()),
            input,
            context.parameter("weight"),
            output,
            context.workspace());
    if (bias()) {
      addBias(output, context.parameter("bias"));
    }
  }

  private static void addBias(Tensor output, Tensor bias) {
    int channels = bias.size();
    int positions = output.size() / output.shape().size(0) / channels;
    float[] y = output.data();
    for (int row = 0; row < output.size() / positions; row++) {
      float value = bias.data()[bias.offset() + row % channels];
      int end = output.offset() + (row + 1) * positions;
      for (int i = output.offset() + row * positions; i < end; i++) {
        y[i] += value;
      }
    }
  }

  @Override
  default void backward(LayerContext context) {
    Tensor input = context.input();
    Tensor outputGradient = context.outputGradient();
    Convolution geometry = geometry(input.shape().dropFirst());
    if (context.learns()) {
      Tensor weightGradient = context.parameterGradient("weight");
      context
          .backend()
          .convolveBackwardWeight(
              geometry, outputGradient, input, weightGradient, context.workspace());
      if (bias()) {
        context.backend().addChannelSums(outputGradient, context.parameterGradient("bias"));
      }
    }
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .convolve(
              geometry,
              outputGradient,
              context.parameter("weight"),
              null,
              context.inputGradient(),
              context.workspace());
    }
  }
}
