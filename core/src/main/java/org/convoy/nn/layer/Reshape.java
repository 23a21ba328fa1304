package org.convoy.nn.layer;

import java.util.List;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Each example's elements, in their order, in another shape; PyTorch's {@code reshape} without the
 * batch.
 *
 * @param shape sizes of one example; one of them may be -1, which takes what the others leave
 */
public record Reshape(List<Integer> shape) implements SingleInputLayer {
  public Reshape {
    shape = List.copyOf(shape);
    boolean wrong = shape.stream().anyMatch(size -> size < 1 && size != -1);
    if (shape.isEmpty() || wrong || shape.stream().filter(size -> size == -1).count() > 1) {
      throw new IllegalArgumentException(
          "shape must be sizes of at least 1, of which one may be -1, got " + shape);
    }
  }

  /** To these sizes, one of which may be -1. */
  public static Reshape of(Integer... shape) {
    return new Reshape(List.of(shape));
  }

  @Override
  public Shape outputShape(Shape input) {
    long known =
        shape.stream()
            .filter(size -> size != -1)
            .mapToLong(size -> size)
            .reduce(1, (a, b) -> a * b);
    long rest = input.elementCount() / known;
    if (known * rest != input.elementCount() || (rest != 1 && !shape.contains(-1))) {
      throw new ShapeException(
          String.format(
              "cannot bring the %d elements of %s to the shape %s",
              input.elementCount(), input, shape));
    }
    return Shape.of(shape.stream().mapToInt(size -> size == -1 ? (int) rest : size).toArray());
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
  public boolean passesGradientOn() {
    return true;
  }

  @Override
  public void forward(LayerContext context) {
    context.output().copyFrom(context.input());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      context.inputGradient().copyFrom(context.outputGradient());
    }
  }
}
