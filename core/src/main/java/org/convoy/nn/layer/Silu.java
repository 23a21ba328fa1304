package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;

/**
 * y = x s with s = 1 / (1 + exp(-x)), also called swish; its derivative is s (1 + x (1 - s));
 * Elfwing, Uchibe and Doya 2017. PyTorch's {@code nn.SiLU}.
 */
public record Silu() implements SingleInputLayer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public void forward(LayerContext context) {
    context.backend().silu(context.input(), context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .siluBackward(context.input(), context.outputGradient(), context.inputGradient());
    }
  }
}
