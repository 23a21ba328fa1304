package org.convoy.nn.layer;

import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.Scratch;
import org.convoy.nn.SingleInputLayer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * In training, sets each element to zero with probability p and multiplies the others by 1 / (1 -
 * p), so that scoring passes change nothing; Srivastava et al. 2014. What is dropped is a function
 * of seed, epoch, image, layer and element, not of the batch.
 *
 * @param p share that is dropped, in [0, 1)
 */
public record Dropout(@Default("0.5") float p) implements SingleInputLayer {
  public Dropout {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException("p must be in [0, 1), got " + p);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  /** What each element was multiplied by. */
  @Override
  public Scratch scratch(Shape input) {
    return Scratch.floats(input.elementCount());
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
    if (!context.training()) {
      context.output().copyFrom(context.input());
      return;
    }
    drawFactors(context);
    multiply(context.input(), context.floats(), context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      multiply(context.outputGradient(), context.floats(), context.inputGradient());
    }
  }

  private void drawFactors(LayerContext context) {
    float kept = 1 / (1 - p);
    float[] factors = context.floats().data();
    int start = context.floats().offset();
    int perExample = context.output().size() / context.batchSize();
    for (int n = 0; n < context.batchSize(); n++) {
      long key = context.random(n).value();
      for (int i = 0; i < perExample; i++) {
        factors[start + i] = RandomKey.uniformFloat(key, i) < p ? 0 : kept;
      }
      start += perExample;
    }
  }

  private static void multiply(Tensor values, Tensor factors, Tensor products) {
    float[] a = values.data();
    float[] b = factors.data();
    float[] c = products.data();
    int atA = values.offset();
    int atB = factors.offset();
    int atC = products.offset();
    int size = products.size();
    for (int i = 0; i < size; i++) {
      c[atC + i] = a[atA + i] * b[atB + i];
    }
  }
}
