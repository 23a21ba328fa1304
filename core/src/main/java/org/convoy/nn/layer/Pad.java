package org.convoy.nn.layer;

import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Puts elements around channels x one to three spatial axes; PyTorch's {@code nn.functional.pad}.
 *
 * @param padding how many on each side of the spatial axes; numbers only
 * @param mode what they are
 * @param value of a constant, finite
 */
public record Pad(Padding padding, @Default("\"constant\"") Mode mode, @Default("0") float value)
    implements SingleInputLayer {

  /** What is put around. */
  public enum Mode {
    /** One number everywhere. */
    CONSTANT,
    /** The picture mirrored at its first and last element, which are not repeated. */
    REFLECT,
    /** The first and last element again and again. */
    REPLICATE;

    /** The element that stands at a place outside, or -1 for the constant. */
    int source(int place, int size) {
      return switch (this) {
        case CONSTANT -> -1;
        case REFLECT -> place < 0 ? -place : 2 * (size - 1) - place;
        case REPLICATE -> place < 0 ? 0 : size - 1;
      };
    }
  }

  public Pad {
    Options.numbers(padding, "padding");
    Options.requireFinite("value", value);
    if (mode == null) {
      throw new IllegalArgumentException("mode must be constant, reflect or replicate");
    }
  }

  /** Zeros: one number for all sides, or one for each axis. */
  public static Pad zeros(int... sizes) {
    return new Pad(Padding.of(sizes), Mode.CONSTANT, 0);
  }

  /** This padding with other elements. */
  public Pad mode(Mode newMode) {
    return new Pad(padding, newMode, value);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2 || input.rank() > 4) {
      throw new ShapeException(
          "expected an input of channels x one to three spatial axes, got " + input);
    }
    Windows.requireEntries(((Padding.Explicit) padding).axes().size(), input, "padding");
    int[] sizes = input.toArray();
    for (int axis = 1; axis < sizes.length; axis++) {
      Padding.Sides sides = padding.sides(axis - 1, 0, 0, 1);
      int most = Math.max(sides.before(), sides.after());
      if (mode == Mode.REFLECT && most >= sizes[axis]) {
        throw new ShapeException(
            String.format(
                "reflected padding must be below the size, got %d on spatial axis %d of %s",
                most, axis - 1, input));
      }
      sizes[axis] += sides.before() + sides.after();
    }
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
    float[] x = context.input().data();
    float[] y = context.output().data();
    visit(context.input(), context.output(), (in, out) -> y[out] = in < 0 ? value : x[in]);
  }

  /** Elements take their copies' gradients in ascending order. */
  @Override
  public void backward(LayerContext context) {
    if (!context.needsInputGradient(0)) {
      return;
    }
    Tensor inputGradient = context.inputGradient();
    Tensor outputGradient = context.outputGradient();
    inputGradient.fill(0);
    float[] gx = inputGradient.data();
    float[] gy = outputGradient.data();
    visit(
        inputGradient,
        outputGradient,
        (in, out) -> {
          if (in >= 0) {
            gx[in] += gy[out];
          }
        });
  }

  /** Takes an output element's index, and that of the input element that it copies, or -1. */
  private interface Visitor {
    void visit(int in, int out);
  }

  private void visit(Tensor input, Tensor output, Visitor visitor) {
    Shape shape = input.shape();
    int height = size(shape, 2);
    int width = size(shape, 1);
    int positions = size(shape, 3) * height * width;
    int[] planes = sources(shape, 3);
    int[] rows = sources(shape, 2);
    int[] columns = sources(shape, 1);
    int out = output.offset();
    for (int map = 0; map < input.size() / positions; map++) {
      int from = input.offset() + map * positions;
      for (int z : planes) {
        for (int y : rows) {
          int row = from + (z * height + y) * width;
          for (int x : columns) {
            visitor.visit(z < 0 || y < 0 || x < 0 ? -1 : row + x, out++);
          }
        }
      }
    }
  }

  /** Size along a spatial axis counted from the last; 1 if it is not there. */
  private static int size(Shape batch, int fromLast) {
    int axis = batch.rank() - fromLast;
    return axis < 2 ? 1 : batch.size(axis);
  }

  /** For each element along an axis of the output the one of the input, or -1. */
  private int[] sources(Shape batch, int fromLast) {
    int axis = batch.rank() - fromLast;
    if (axis < 2) {
      return new int[1];
    }
    int size = batch.size(axis);
    Padding.Sides sides = padding.sides(axis - 2, 0, 0, 1);
    int[] sources = new int[size + sides.before() + sides.after()];
    for (int i = 0; i < sources.length; i++) {
      int place = i - sides.before();
      sources[i] = place >= 0 && place < size ? place : mode.source(place, size);
    }
    return sources;
  }
}
