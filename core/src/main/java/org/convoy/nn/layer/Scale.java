package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * y = factor * x with a factor that is not learned, to make scores more or less sharp.
 *
 * @param factor finite
 */
public record Scale(float factor) implements SingleInputLayer {
  public Scale {
    Options.requireFinite("factor", factor);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
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
  public void forward(LayerContext context) {
    multiply(context.input(), context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      multiply(context.outputGradient(), context.inputGradient());
    }
  }

  private void multiply(Tensor values, Tensor products) {
    float[] x = values.data();
    float[] y = products.data();
    int from = values.offset();
    int to = products.offset();
    int size = products.size();
    for (int i = 0; i < size; i++) {
      y[to + i] = factor * x[from + i];
    }
  }
}
