package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;

/** Each example as one row of numbers: channels, then height, then width. */
public record Flatten() implements SingleInputLayer {
  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(input.elementCount());
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public boolean passesGradientOn() {
    return true;
  }

  @Override
  public void forward(LayerContext context) {
    context.output().copyFrom(context.input());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      context.inputGradient().copyFrom(context.outputGradient());
    }
  }
}
