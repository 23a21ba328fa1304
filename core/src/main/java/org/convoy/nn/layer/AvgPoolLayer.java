package org.convoy.nn.layer;

import org.convoy.backend.Pooling;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** What average pooling on one, two and three spatial axes has in common: all but the number. */
interface AvgPoolLayer extends SingleInputLayer {
  int axes();

  Extent kernelSize();

  Extent stride();

  Padding padding();

  boolean ceilMode();

  boolean countIncludePad();

  private Pooling geometry(Shape input) {
    return new Pooling(
        input,
        Windows.of(axes(), input, kernelSize(), stride(), Extent.of(1), padding()),
        ceilMode());
  }

  @Override
  default Shape outputShape(Shape input) {
    return geometry(input).output();
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
    context.backend().averagePool(geometry, countIncludePad(), input, context.output());
  }

  @Override
  default void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      Pooling geometry = geometry(context.input().shape().dropFirst());
      context
          .backend()
          .averagePoolBackward(
              geometry, countIncludePad(), context.outputGradient(), context.inputGradient());
    }
  }
}
