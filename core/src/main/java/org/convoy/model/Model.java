package org.convoy.model;

import java.io.Serializable;
import java.util.Optional;
import org.convoy.nn.Network;
import org.convoy.tensor.Shape;

/** A known network, for whatever images and classes. */
public interface Model extends Serializable {

  /**
   * The network.
   *
   * @param input shape of one image, channels first
   * @param classes number of outputs, at least 1
   * @throws org.convoy.tensor.ShapeException if the images are too small; the message names the
   *     layer
   */
  Network build(Shape input, int classes);

  /** The images that the model was made for, if there are such. */
  default Optional<Shape> usualInput() {
    return Optional.empty();
  }
}
