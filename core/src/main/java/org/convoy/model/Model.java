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
   * @param classes number of classes, at least 1; see {@link #outputs}
   * @throws org.convoy.tensor.ShapeException if the images are too small; the message names the
   *     layer
   */
  Network build(Shape input, int classes);

  /** Number of outputs for a number of classes: a score each, unless the model says otherwise. */
  default int outputs(int classes) {
    return classes;
  }

  /** The images that the model was made for, if there are such. */
  default Optional<Shape> usualInput() {
    return Optional.empty();
  }

  /** The number of classes that its published number of parameters is counted for. */
  default int usualClasses() {
    return 10;
  }
}
