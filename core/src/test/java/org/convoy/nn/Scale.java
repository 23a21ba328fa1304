package org.convoy.nn;

import java.util.List;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** y = w x, element by element: a layer with parameters that needs no backend. */
record Scale(float initial) implements SingleInputLayer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(new ParameterSpec("weight", input, (parameter, key) -> parameter.fill(initial)));
  }

  @Override
  public long multiplyAdds(Shape input) {
    return input.elementCount();
  }

  @Override
  public void forward(LayerContext context) {
    Tensor weight = context.parameter("weight");
    for (int i = 0; i < context.output().size(); i++) {
      set(context.output(), i, at(context.input(), i) * at(weight, i % weight.size()));
    }
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public void backward(LayerContext context) {
    Tensor weight = context.parameter("weight");
    Tensor weightGradient = context.learns() ? context.parameterGradient("weight") : null;
    for (int i = 0; i < context.output().size(); i++) {
      int w = i % weight.size();
      float arriving = at(context.outputGradient(), i);
      if (weightGradient != null) {
        set(weightGradient, w, at(weightGradient, w) + arriving * at(context.input(), i));
      }
      if (context.needsInputGradient(0)) {
        set(context.inputGradient(), i, arriving * at(weight, w));
      }
    }
  }

  static float at(Tensor tensor, int index) {
    return tensor.data()[tensor.offset() + index];
  }

  static void set(Tensor tensor, int index, float value) {
    tensor.data()[tensor.offset() + index] = value;
  }
}
