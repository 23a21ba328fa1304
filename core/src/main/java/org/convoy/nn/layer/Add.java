package org.convoy.nn.layer;

import java.util.List;
import org.convoy.nn.Layer;
import org.convoy.nn.LayerContext;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/** The elementwise sum of two or more inputs of one shape, added in the order of the inputs. */
public record Add() implements Rectifiable {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new ShapeException("expected two or more inputs to add, got " + inputs.size());
    }
    for (Shape input : inputs) {
      if (!input.equals(inputs.get(0))) {
        throw new ShapeException(
            "expected inputs of one shape, got "
                + inputs
                + "; bring them to one shape first, for example by a 1x1 convolution");
      }
    }
    return inputs.get(0);
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
    add(context, false);
  }

  @Override
  public void backward(LayerContext context) {
    for (int k = 0; k < context.inputCount(); k++) {
      if (context.needsInputGradient(k)) {
        context.inputGradient(k).copyFrom(context.outputGradient());
      }
    }
  }

  /**
   * @param rectified whether the sum is
   */
  private static void add(LayerContext context, boolean rectified) {
    Tensor sum = context.input(0);
    for (int k = 1; k < context.inputCount(); k++) {
      boolean last = k == context.inputCount() - 1;
      context.backend().add(sum, context.input(k), rectified && last, context.output());
      sum = context.output();
    }
  }

  @Override
  public Layer rectified() {
    return new AddRectified(this);
  }

  private record AddRectified(Add layer) implements Rectified {
    @Override
    public void forward(LayerContext context) {
      add(context, true);
    }
  }
}
