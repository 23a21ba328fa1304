package org.convoy.nn.layer;

import java.util.List;
import java.util.stream.IntStream;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * The axes of each example in another order: output axis i is input axis {@code dims[i]}. PyTorch's
 * {@code permute} without the batch, so that 0 is the first axis of an example; [1, 0] turns words
 * x features into the channels x length that a 1-D convolution takes.
 *
 * @param dims every axis once
 */
public record Permute(List<Integer> dims) implements SingleInputLayer {
  public Permute {
    dims = List.copyOf(dims);
    if (dims.isEmpty() || !dims.containsAll(IntStream.range(0, dims.size()).boxed().toList())) {
      throw new IllegalArgumentException("dims must name every axis once from 0, got " + dims);
    }
  }

  /** To this order. */
  public static Permute of(Integer... dims) {
    return new Permute(List.of(dims));
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != dims.size()) {
      throw new ShapeException(
          String.format("expected an input of %d axes for %s, got %s", dims.size(), dims, input));
    }
    return Shape.of(dims.stream().mapToInt(input::size).toArray());
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
    move(context, context.input(), context.output(), true);
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      move(context, context.inputGradient(), context.outputGradient(), false);
    }
  }

  /** Copies between the elements of the input's side and those of the output's. */
  private void move(LayerContext context, Tensor inner, Tensor outer, boolean outwards) {
    int[] sizes = outer.shape().dropFirst().toArray();
    int[] strides = strides(inner.shape().dropFirst());
    int length = inner.size() / context.batchSize();
    int[] index = new int[sizes.length];
    int from = inner.offset();
    for (int i = 0; i < outer.size(); i++) {
      int to = outer.offset() + i;
      if (outwards) {
        outer.data()[to] = inner.data()[from];
      } else {
        inner.data()[from] = outer.data()[to];
      }
      from += step(index, sizes, strides);
      if ((i + 1) % length == 0) {
        from = inner.offset() + (i + 1);
      }
    }
  }

  /** Goes to the next output element; returns how far its input element is from the last. */
  private static int step(int[] index, int[] sizes, int[] strides) {
    int distance = 0;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      distance += strides[axis];
      index[axis]++;
      if (index[axis] < sizes[axis]) {
        return distance;
      }
      distance -= index[axis] * strides[axis];
      index[axis] = 0;
    }
    return distance;
  }

  /** How far neighbours along an output axis lie apart in the input. */
  private int[] strides(Shape input) {
    int[] own = new int[input.rank()];
    int stride = 1;
    for (int axis = own.length - 1; axis >= 0; axis--) {
      own[axis] = stride;
      stride *= input.size(axis);
    }
    return dims.stream().mapToInt(axis -> own[axis]).toArray();
  }
}
