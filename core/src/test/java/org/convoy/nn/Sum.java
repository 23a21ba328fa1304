package org.convoy.nn;

import java.util.List;
import org.convoy.tensor.Shape;

/** The sum of all inputs, for graphs; writes each input's gradient as any layer must. */
record Sum() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public void forward(LayerContext context) {
    for (int i = 0; i < context.output().size(); i++) {
      float sum = 0;
      for (int k = 0; k < context.inputCount(); k++) {
        sum += Scale.at(context.input(k), i);
      }
      Scale.set(context.output(), i, sum);
    }
  }

  @Override
  public void backward(LayerContext context) {
    for (int k = 0; k < context.inputCount(); k++) {
      if (context.needsInputGradient(k)) {
        context.inputGradient(k).copyFrom(context.outputGradient());
      }
    }
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
