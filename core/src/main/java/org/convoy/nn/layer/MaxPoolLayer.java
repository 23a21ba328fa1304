package org.convoy.nn.layer;

import org.convoy.backend.Pooling;
import org.convoy.nn.LayerContext;
import org.convoy.nn.Scratch;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** What max pooling on one, two and three spatial axes has in common: all but the number. */
interface MaxPoolLayer extends SingleInputLayer {
  int axes();

  Extent kernelSize();

  Extent stride();

  Padding padding();

  Extent dilation();

  boolean ceilMode();

  private Pooling geometry(Shape input) {
    return new Pooling(
        input,
        Windows.of(axes(), input, kernelSize(), stride(), dilation(), padding()),
        ceilMode());
  }

  @Override
  default Shape outputShape(Shape input) {
    return geometry(input).output();
  }

  /** The winner of each window. */
  @Override
  default Scratch scratch(Shape input) {
    return Scratch.ints(outputShape(input).elementCount());
  }

  @Override
  default boolean backwardReadsInputs() {
    return false;
  }

  @Override
  default boolean backwardReadsOutput() {
    return false;
  }

  @Override
  default void forward(LayerContext context) {
    Tensor input = context.input();
    Pooling geometry = geometry(input.shape().dropFirst());
    context.backend().maxPool(geometry, input, context.output(), context.ints());
  }

  @Override
  default void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      Pooling geometry = geometry(context.input().shape().dropFirst());
      context
          .backend()
          .maxPoolBackward(
              geometry, context.outputGradient(), context.ints(), context.inputGradient());
    }
  }
}
