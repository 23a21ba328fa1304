package org.convoy.nn.layer;

import org.convoy.backend.FloatMath;
import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * y = x where x is above 0, else alpha (exp(x) - 1), whose derivative is y + alpha; Clevert,
 * Unterthiner and Hochreiter 2015. Names and defaults are those of PyTorch's {@code nn.ELU}.
 *
 * @param alpha finite, above 0
 */
public record Elu(@Default("1") float alpha) implements SingleInputLayer {
  public Elu {
    Options.requirePositive("alpha", alpha);
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
  public void forward(LayerContext context) {
    float[] x = context.input().data();
    float[] y = context.output().data();
    int from = context.input().offset();
    int to = context.output().offset();
    int size = context.output().size();
    for (int i = 0; i < size; i++) {
      float value = x[from + i];
      y[to + i] = value > 0 ? value : alpha * FloatMath.expm1(value);
    }
  }

  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor output = context.output();
    float[] y = output.data();
    float[] gy = context.outputGradient().data();
    float[] gx = context.inputGradient().data();
    int from = context.outputGradient().offset();
    int to = context.inputGradient().offset();
    int size = output.size();
    for (int i = 0; i < size; i++) {
      float value = y[output.offset() + i];
      gx[to + i] = gy[from + i] * (value > 0 ? 1 : value + alpha);
    }
  }
}
