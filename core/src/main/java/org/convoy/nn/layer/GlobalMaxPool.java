package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.convoy.backend.Pooling;
import org.convoy.backend.Window;
import org.convoy.nn.LayerContext;
import org.convoy.nn.Scratch;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;

/**
 * The largest element of each channel, the first one if several are equal; over the words of a
 * sentence, max-over-time pooling (Collobert et al. 2011, Kim 2014). The spatial axes, one to
 * three, stay with size 1; a flatten layer takes them away.
 */
public record GlobalMaxPool() implements SingleInputLayer {
  private static Pooling geometry(Shape input) {
    List<Window.Axis> axes = new ArrayList<>();
    for (int axis = 1; axis < input.rank(); axis++) {
      axes.add(new Window.Axis(input.size(axis), 1, 1, 0, 0));
    }
    return new Pooling(input, new Window(axes), false);
  }

  @Override
  public Shape outputShape(Shape input) {
    return Windows.globalOutput(input);
  }

  /** The winner of each channel. */
  @Override
  public Scratch scratch(Shape input) {
    return Scratch.ints(input.size(0));
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
    Pooling geometry = geometry(context.input().shape().dropFirst());
    context.backend().maxPool(geometry, context.input(), context.output(), context.ints());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      Pooling geometry = geometry(context.input().shape().dropFirst());
      context
          .backend()
          .maxPoolBackward(
              geometry, context.outputGradient(), context.ints(), context.inputGradient());
    }
  }
}
