package org.convoy.nn;

/**
 * Is told how long each layer's passes and the loss took; those of a node that is {@link
 * Execution#joined} with another count as that one's.
 */
public interface LayerTimer {

  /** A forward pass of a node has taken so many nanoseconds. */
  void forward(String node, long nanos);

  /** A backward pass of a node has taken so many nanoseconds. */
  void backward(String node, long nanos);

  /** The loss of all outputs, with its gradient, has taken so many nanoseconds. */
  void loss(Loss loss, long nanos);
}
