package org.convoy.reference;

import java.util.List;
import org.convoy.nn.Layer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.init.Zeros;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * A node whose output is a recorded tensor, whatever comes in, and which keeps the gradient that
 * arrives: so a network has several inputs, and their gradients are computed. Its parameter, which
 * it never reads, is what makes the network want the gradient.
 */
final class RecordedInput implements Layer {
  private static final long serialVersionUID = 1L;

  private final transient Tensor recorded;
  private final transient Tensor gradient;

  RecordedInput(Tensor recorded) {
    this.recorded = recorded;
    this.gradient = Tensor.zeros(recorded.shape());
  }

  Tensor gradient() {
    return gradient;
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return recorded.shape().dropFirst();
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    return List.of(new ParameterSpec("unused", Shape.of(1), new Zeros()));
  }

  @Override
  public void forward(LayerContext context) {
    context.output().copyFrom(recorded);
  }

  @Override
  public void backward(LayerContext context) {
    gradient.copyFrom(context.outputGradient());
  }
}
