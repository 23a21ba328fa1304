package org.convoy.backend;

import java.io.Serializable;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * The geometry of a convolution (cross-correlation, as every deep-learning library means it) of one
 * example: which input elements meet which weights. Weights have shape filters x (channels /
 * groups) x kernel.
 *
 * @param input channels first, then one to three spatial axes
 * @param filters number of output channels, a multiple of {@code groups}
 * @param groups filters of group g see only the channels of group g; divides the channels
 * @param window kernel, stride, dilation and padding per spatial axis
 */
public record Convolution(Shape input, int filters, int groups, Window window)
    implements Serializable {

  /**
   * @throws ShapeException if the window does not fit the input or the groups do not divide
   */
  public Convolution {
    if (groups < 1 || filters < 1 || filters % groups != 0) {
      throw new ShapeException(
          "groups must divide the number of filters, got " + groups + " and " + filters);
    }
    if (input.size(0) % groups != 0) {
      throw new ShapeException(
          "groups must divide the number of input channels, got "
              + groups
              + " and "
              + input.size(0)
              + " (input "
              + input
              + ")");
    }
    window.outputShape(input, filters, false);
  }

  /** Shape of one output example. */
  public Shape output() {
    return window.outputShape(input, filters, false);
  }

  /** Shape of the weights. */
  public Shape weight() {
    int[] sizes = new int[window.rank() + 2];
    sizes[0] = filters;
    sizes[1] = input.size(0) / groups;
    for (int i = 0; i < window.rank(); i++) {
      sizes[i + 2] = window.axes().get(i).kernel();
    }
    return Shape.of(sizes);
  }
}
