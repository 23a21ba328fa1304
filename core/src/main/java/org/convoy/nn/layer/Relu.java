package org.convoy.nn.layer;

import java.util.Optional;
import org.convoy.nn.Layer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;

/**
 * y = max(0, x); its derivative at 0 is 0. A NaN comes out as NaN, so that a run that has gone
 * wrong is noticed; Nair and Hinton 2010.
 */
public record Relu() implements SingleInputLayer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public Optional<Layer> joinedTo(Layer before) {
    if (before instanceof Rectifiable layer) {
      return Optional.of(layer.rectified());
    }
    return before.backwardReadsOutput() ? Optional.empty() : Optional.of(new InPlace(before));
  }

  /** Any layer that does not need its output again. */
  private record InPlace(Layer layer) implements Rectified {}

  @Override
  public void forward(LayerContext context) {
    context.backend().relu(context.input(), context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .reluBackward(context.output(), context.outputGradient(), context.inputGradient());
    }
  }
}
