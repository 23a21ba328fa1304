package org.convoy.nn.layer;

import java.util.List;
import org.convoy.nn.Layer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.Scratch;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * A layer with {@link Relu} behind it, which works in place: on the output, and backward on the
 * output's gradient. See {@link Layer#joinedTo}.
 */
interface Rectified extends Layer {

  /** Computes what is rectified; must not read its output in the backward pass. */
  Layer layer();

  @Override
  default Shape outputShape(List<Shape> inputs) {
    return layer().outputShape(inputs);
  }

  @Override
  default List<ParameterSpec> parameters(List<Shape> inputs) {
    return layer().parameters(inputs);
  }

  @Override
  default Scratch scratch(List<Shape> inputs) {
    return layer().scratch(inputs);
  }

  @Override
  default boolean backwardReadsInputs() {
    return layer().backwardReadsInputs();
  }

  @Override
  default boolean passesGradientOn() {
    return layer().passesGradientOn();
  }

  @Override
  default boolean mixesBatch() {
    return layer().mixesBatch();
  }

  @Override
  default long multiplyAdds(List<Shape> inputs) {
    return layer().multiplyAdds(inputs);
  }

  @Override
  default void forward(LayerContext context) {
    layer().forward(context);
    context.backend().relu(context.output(), context.output());
  }

  @Override
  default void backward(LayerContext context) {
    Tensor gradient = context.outputGradient();
    context.backend().reluBackward(context.output(), gradient, gradient);
    layer().backward(context);
  }
}
