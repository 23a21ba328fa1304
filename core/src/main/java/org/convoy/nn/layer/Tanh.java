package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** s = tanh(x), element by element; its derivative is 1 - s². */
public record Tanh() implements SingleInputLayer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public void forward(LayerContext context) {
    context.backend().tanh(context.input(), context.output());
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
      float s = y[atY + i];
      gx[to + i] = gy[from + i] * (1 - s * s);
    }
  }
}
