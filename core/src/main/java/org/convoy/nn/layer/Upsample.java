package org.convoy.nn.layer;

import org.convoy.description.Default;
import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * Channels x one to three spatial axes in another size, each element being the nearest one or a
 * mean of its neighbours. Names and defaults are those of PyTorch's {@code nn.Upsample}, whose
 * bilinear and trilinear are linear here.
 *
 * @param size of the output's spatial axes; left out if {@code scaleFactor} is given
 * @param scaleFactor whole number to multiply the sizes by; left out if {@code size} is given
 * @param mode how elements are found
 * @param alignCorners whether the first and last elements of input and output lie on each other,
 *     instead of the corners of their cells; for linear only
 */
public record Upsample(
    @Default("null") Extent size,
    @Default("null") Extent scaleFactor,
    @Default("\"nearest\"") Mode mode,
    @Default("false") boolean alignCorners)
    implements SingleInputLayer {

  /** How an output element is made of input elements. */
  public enum Mode {
    /** The one whose cell it lies in. */
    NEAREST,
    /** The two around it on each axis, weighted by their nearness. */
    LINEAR
  }

  public Upsample {
    if ((size == null) == (scaleFactor == null)) {
      throw new IllegalArgumentException("give one of size and scaleFactor, and not both");
    }
    if (mode == null || (alignCorners && mode == Mode.NEAREST)) {
      throw new IllegalArgumentException("alignCorners needs the mode linear");
    }
  }

  /** Larger by a factor, or by one for each axis. */
  public static Upsample by(Mode mode, int... scaleFactor) {
    return new Upsample(null, Extent.of(scaleFactor), mode, false);
  }

  /** To a size, or to one for each axis. */
  public static Upsample to(Mode mode, int... size) {
    return new Upsample(Extent.of(size), null, mode, false);
  }

  /** This layer with corners aligned. */
  public Upsample aligned() {
    return new Upsample(size, scaleFactor, mode, true);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2 || input.rank() > 4) {
      throw new ShapeException(
          "expected an input of channels x one to three spatial axes, got " + input);
    }
    Extent extent = size == null ? scaleFactor : size;
    Windows.requireEntries(extent.sizes().size(), input, size == null ? "scaleFactor" : "size");
    int[] sizes = input.toArray();
    for (int axis = 1; axis < sizes.length; axis++) {
      sizes[axis] = extent.at(axis - 1) * (size == null ? sizes[axis] : 1);
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
    interpolation(context.input().shape(), context.output().shape())
        .forward(context.input(), context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      Tensor inputGradient = context.inputGradient();
      Tensor outputGradient = context.outputGradient();
      interpolation(inputGradient.shape(), outputGradient.shape())
          .backward(outputGradient, inputGradient);
    }
  }

  private Interpolation interpolation(Shape input, Shape output) {
    return new Interpolation(input, output, mode == Mode.LINEAR, alignCorners);
  }
}
