package org.convoy.nn.layer;

import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.Scratch;
import org.convoy.nn.SingleInputLayer;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * In training, sets whole channels to zero, each with probability p, and multiplies the others by 1
 * / (1 - p); Tompson et al. 2015. PyTorch's {@code nn.Dropout1d} to {@code nn.Dropout3d}. What is
 * dropped is a function of seed, epoch, image, layer and channel, not of the batch.
 *
 * @param p share that is dropped, in [0, 1)
 */
public record SpatialDropout(@Default("0.5") float p) implements SingleInputLayer {
  public SpatialDropout {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException("p must be in [0, 1), got " + p);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  /** What each channel was multiplied by. */
  @Override
  public Scratch scratch(Shape input) {
    return Scratch.floats(input.size(0));
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
    float kept = 1 / (1 - p);
    Tensor factors = context.floats();
    int channels = factors.size() / context.batchSize();
    for (int n = 0; n < context.batchSize(); n++) {
      long key = context.random(n).value();
      for (int c = 0; c < channels; c++) {
        factors.data()[factors.offset() + n * channels + c] =
            RandomKey.uniformFloat(key, c) < p ? 0 : kept;
      }
    }
    multiply(context.input(), factors, context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      multiply(context.outputGradient(), context.floats(), context.inputGradient());
    }
  }

  private static void multiply(Tensor values, Tensor factors, Tensor products) {
    int positions = values.size() / factors.size();
    for (int row = 0; row < factors.size(); row++) {
      float factor = factors.data()[factors.offset() + row];
      int from = values.offset() + row * positions;
      int to = products.offset() + row * positions;
      for (int i = 0; i < positions; i++) {
        products.data()[to + i] = values.data()[from + i] * factor;
      }
    }
  }
}
