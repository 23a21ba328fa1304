package org.convoy.bench.jmh;

import java.util.List;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.SingleInputLayer;
import org.convoy.nn.init.Zeros;
import org.convoy.tensor.Shape;

/**
 * Hands its input on and has a parameter that it does not use: the layer behind it then computes
 * the gradient of its input, as inside a network.
 */
record Learning() implements SingleInputLayer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(new ParameterSpec("unused", Shape.of(1), new Zeros()));
  }

  @Override
  public void forward(LayerContext context) {
    context.output().copyFrom(context.input());
  }

  @Override
  public void backward(LayerContext context) {}
}
