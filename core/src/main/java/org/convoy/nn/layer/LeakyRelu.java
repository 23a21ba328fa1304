package org.convoy.nn.layer;

import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * y = x where x is above 0, else negativeSlope * x; its derivative at 0 is the slope; Maas, Hannun
 * and Ng 2013. Names and defaults are those of PyTorch's {@code nn.LeakyReLU}.
 *
 * @param negativeSlope finite, at least 0
 */
public record LeakyRelu(@Default("0.01") float negativeSlope) implements SingleInputLayer {
  public LeakyRelu {
    if (!(negativeSlope >= 0 && Float.isFinite(negativeSlope))) {
      throw new IllegalArgumentException(
          "negativeSlope must be at least 0 and finite, got " + negativeSlope);
    }
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
    context.backend().leakyRelu(slope(), context.input(), context.output());
  }

  /** An output is above 0 where its input is. */
  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .leakyReluBackward(
              slope(), context.output(), context.outputGradient(), context.inputGradient());
    }
  }

  private Tensor slope() {
    return Tensor.of(Shape.of(1), negativeSlope);
  }
}
