package org.convoy.nn;

import java.util.List;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/** A layer with exactly one input, as most are. */
public interface SingleInputLayer extends Layer {

  /**
   * Shape of one output example.
   *
   * @throws ShapeException if the input does not fit
   */
  Shape outputShape(Shape input);

  /** The parameters needed for this input. */
  default List<ParameterSpec> parameters(Shape input) {
    return List.of();
  }

  /** What the forward pass leaves for the backward pass. */
  default Scratch scratch(Shape input) {
    return Scratch.NONE;
  }

  /** Multiply-adds of one example's forward pass. */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  @Override
  default Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new ShapeException("expected one input, got " + inputs.size() + ": " + inputs);
    }
    return outputShape(inputs.get(0));
  }

  @Override
  default List<ParameterSpec> parameters(List<Shape> inputs) {
    return parameters(inputs.get(0));
  }

  @Override
  default Scratch scratch(List<Shape> inputs) {
    return scratch(inputs.get(0));
  }

  @Override
  default long multiplyAdds(List<Shape> inputs) {
    return multiplyAdds(inputs.get(0));
  }
}
