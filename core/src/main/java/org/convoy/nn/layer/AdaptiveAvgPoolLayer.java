package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;

/** What adaptive average pooling on one, two and three spatial axes has in common. */
interface AdaptiveAvgPoolLayer extends SingleInputLayer {
  int axes();

  Extent outputSize();

  @Override
  default Shape outputShape(Shape input) {
    Windows.requireAxes(axes(), input);
    int[] sizes = input.toArray();
    for (int axis = 0; axis < axes(); axis++) {
      sizes[axis + 1] = outputSize().at(axis);
    }
    return Shape.of(sizes);
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
    new AdaptiveAverage(context.input().shape(), context.output().shape())
        .forward(context.input(), context.output());
  }

  @Override
  default void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      new AdaptiveAverage(context.input().shape(), context.output().shape())
          .backward(context.outputGradient(), context.inputGradient());
    }
  }
}
