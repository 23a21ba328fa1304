package org.convoy.nn.layer;

import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.Scratch;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Output channel c is, at each position, the largest of the input channels c * pieces to (c + 1) *
 * pieces - 1, the first one if several are equal; Goodfellow et al. 2013. NaN wins over all.
 *
 * @param pieces how many channels become one, at least 2
 */
public record Maxout(@Default("2") int pieces) implements SingleInputLayer {
  public Maxout {
    Options.requireAtLeast(2, "pieces", pieces);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.size(0) % pieces != 0) {
      throw new ShapeException(
          String.format(
              "expected a number of channels that %d pieces divide, got %d (input %s)",
              pieces, input.size(0), input));
    }
    int[] sizes = input.toArray();
    sizes[0] /= pieces;
    return Shape.of(sizes);
  }

  /** The winner of each output element, as an index into the batch. */
  @Override
  public Scratch scratch(Shape input) {
    return Scratch.ints(outputShape(input).elementCount());
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
    Tensor output = context.output();
    int positions = output.size() / context.batchSize() / output.shape().size(1);
    float[] x = context.input().data();
    float[] y = output.data();
    int[] winners = context.ints();
    int from = context.input().offset();
    int size = output.size();
    for (int i = 0; i < size; i++) {
      int best = i / positions * pieces * positions + i % positions;
      int candidate = best;
      for (int piece = 1; piece < pieces; piece++) {
        candidate += positions;
        boolean firstNaN = Float.isNaN(x[from + candidate]) && !Float.isNaN(x[from + best]);
        best = x[from + candidate] > x[from + best] || firstNaN ? candidate : best;
      }
      winners[i] = best;
      y[output.offset() + i] = x[from + best];
    }
  }

  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    context.inputGradient().fill(0);
    float[] gx = context.inputGradient().data();
    float[] gy = context.outputGradient().data();
    int to = context.inputGradient().offset();
    int from = context.outputGradient().offset();
    int[] winners = context.ints();
    int size = context.outputGradient().size();
    for (int i = 0; i < size; i++) {
      gx[to + winners[i]] = gy[from + i];
    }
  }
}
