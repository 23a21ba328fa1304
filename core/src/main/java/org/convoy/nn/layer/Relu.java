package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

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
  public void forward(LayerContext context) {
    float[] x = context.input().data();
    float[] y = context.output().data();
    int from = context.input().offset();
    int to = context.output().offset();
    int size = context.output().size();
    for (int i = 0; i < size; i++) {
      y[to + i] = Math.max(0, x[from + i]);
    }
  }

  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor output = context.output();
    Tensor outputGradient = context.outputGradient();
    Tensor inputGradient = context.inputGradient();
    float[] y = output.data();
    float[] gy = outputGradient.data();
    float[] gx = inputGradient.data();
    int atY = output.offset();
    int from = outputGradient.offset();
    int to = inputGradient.offset();
    int size = output.size();
    for (int i = 0; i < size; i++) {
      gx[to + i] = y[atY + i] <= 0 ? 0 : gy[from + i];
    }
  }
}
