package org.convoy.nn.layer;

import java.util.List;
import org.convoy.nn.Layer;
import org.convoy.nn.LayerContext;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/** The channels of two or more inputs, one input after the other; the other axes agree. */
public record Concat() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new ShapeException("expected two or more inputs to concatenate, got " + inputs.size());
    }
    int channels = 0;
    for (Shape input : inputs) {
      if (!withChannels(input, 1).equals(withChannels(inputs.get(0), 1))) {
        throw new ShapeException(
            "expected inputs that differ in their channels alone, got "
                + inputs
                + "; bring them to one height and width first, for example by padding");
      }
      channels += input.size(0);
    }
    return withChannels(inputs.get(0), channels);
  }

  private static Shape withChannels(Shape shape, int channels) {
    int[] sizes = shape.toArray();
    sizes[0] = channels;
    return Shape.of(sizes);
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
    int place = 0;
    for (int k = 0; k < context.inputCount(); k++) {
      copyBlocks(context, context.input(k), context.output(), place, true);
      place += context.input(k).size() / context.batchSize();
    }
  }

  @Override
  public void backward(LayerContext context) {
    int place = 0;
    for (int k = 0; k < context.inputCount(); k++) {
      if (context.needsInputGradient(k)) {
        copyBlocks(context, context.inputGradient(k), context.outputGradient(), place, false);
      }
      place += context.input(k).size() / context.batchSize();
    }
  }

  /** Copies each example of {@code part} into its place in {@code whole}, or back. */
  private static void copyBlocks(
      LayerContext context, Tensor part, Tensor whole, int place, boolean intoWhole) {
    int length = part.size() / context.batchSize();
    int stride = whole.size() / context.batchSize();
    for (int n = 0; n < context.batchSize(); n++) {
      int inPart = part.offset() + n * length;
      int inWhole = whole.offset() + n * stride + place;
      if (intoWhole) {
        System.arraycopy(part.data(), inPart, whole.data(), inWhole, length);
      } else {
        System.arraycopy(whole.data(), inWhole, part.data(), inPart, length);
      }
    }
  }
}
