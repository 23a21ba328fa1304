package org.convoy.nn.layer;

import org.convoy.backend.LocalResponse;
import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.Scratch;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;

/**
 * y = x / (k + alpha / size * sum of x^2 over the size channels around)^beta, at each position by
 * itself; Krizhevsky, Sutskever and Hinton 2012, who do not divide by the size: their size 5, alpha
 * 1e-4, beta 0.75, k 2 is alpha 5e-4 here. Names and defaults are those of PyTorch's {@code
 * nn.LocalResponseNorm}: the channels are c - size / 2 to c + (size - 1) / 2, and the divisor is
 * the size at the first and last channels too. A beta other than 0.5, 0.75 and 1 is slow.
 *
 * @param size number of channels summed over, at least 1
 * @param alpha at least 0
 * @param beta above 0
 * @param k above 0
 */
public record LocalResponseNorm(
    int size, @Default("0.0001") float alpha, @Default("0.75") float beta, @Default("1") float k)
    implements SingleInputLayer {
  public LocalResponseNorm {
    Options.requireAtLeast(1, "size", size);
    if (!(alpha >= 0 && Float.isFinite(alpha))) {
      throw new IllegalArgumentException("alpha must be at least 0 and finite, got " + alpha);
    }
    Options.requirePositive("beta", beta);
    Options.requirePositive("k", k);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  /** What each element was divided by, before the power. */
  @Override
  public Scratch scratch(Shape input) {
    return Scratch.floats(input.elementCount());
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public void forward(LayerContext context) {
    context.backend().localResponse(options(), context.input(), context.floats(), context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      context
          .backend()
          .localResponseBackward(
              options(),
              context.input(),
              context.floats(),
              context.outputGradient(),
              context.inputGradient(),
              context.workspace());
    }
  }

  private LocalResponse options() {
    return new LocalResponse(size, alpha, beta, k);
  }
}
