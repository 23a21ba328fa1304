package org.convoy.backend;

import java.io.Serializable;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * The geometry of a pooling of one example; every channel is pooled by itself.
 *
 * @param input channels first, then one to three spatial axes
 * @param window kernel, stride, dilation and padding per spatial axis; padding at most half the
 *     kernel's extent, so that every window meets at least one element
 * @param ceil whether output sizes round up (PyTorch's {@code ceil_mode})
 */
public record Pooling(Shape input, Window window, boolean ceil) implements Serializable {

  /**
   * @throws ShapeException if the window does not fit the input or is padded by more than half
   */
  public Pooling {
    for (Window.Axis axis : window.axes()) {
      int most = Math.max(axis.paddingBefore(), axis.paddingAfter());
      if (most > axis.extent() / 2) {
        throw new ShapeException(
            String.format(
                "padding of a pooling must be at most half its kernel, got padding %d, kernel %d",
                most, axis.extent()));
      }
    }
    window.outputShape(input, input.size(0), ceil);
  }

  /** Shape of one output example. */
  public Shape output() {
    return window.outputShape(input, input.size(0), ceil);
  }
}
