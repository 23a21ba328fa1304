package org.convoy.nn.layer;

import java.util.Arrays;
import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Channels of zeros before and after those of the input: with a pool of 1x1 at stride 2 before it,
 * the shortcut without parameters where residual networks double their filters (He, Zhang, Ren and
 * Sun 2016, option A). Any number of further axes.
 *
 * @param before channels of zeros in front, at least 0
 * @param after channels of zeros behind, at least 0
 */
public record PadChannels(@Default("0") int before, @Default("0") int after)
    implements SingleInputLayer {
  public PadChannels {
    Options.requireAtLeast(0, "before", before);
    Options.requireAtLeast(0, "after", after);
  }

  @Override
  public Shape outputShape(Shape input) {
    int[] sizes = input.toArray();
    sizes[0] = Math.addExact(Math.addExact(before, sizes[0]), after);
    return Shape.of(sizes);
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
    Tensor input = context.input();
    Tensor output = context.output();
    int length = input.size() / context.batchSize();
    int padded = output.size() / context.batchSize();
    int front = before * (length / input.shape().size(1));
    for (int n = 0; n < context.batchSize(); n++) {
      int start = output.offset() + n * padded;
      Arrays.fill(output.data(), start, start + front, 0);
      System.arraycopy(
          input.data(), input.offset() + n * length, output.data(), start + front, length);
      Arrays.fill(output.data(), start + front + length, start + padded, 0);
    }
  }

  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor arriving = context.outputGradient();
    Tensor leaving = context.inputGradient();
    int length = leaving.size() / context.batchSize();
    int padded = arriving.size() / context.batchSize();
    int front = before * (length / leaving.shape().size(1));
    for (int n = 0; n < context.batchSize(); n++) {
      System.arraycopy(
          arriving.data(),
          arriving.offset() + n * padded + front,
          leaving.data(),
          leaving.offset() + n * length,
          length);
    }
  }
}
