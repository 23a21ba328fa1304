package org.convoy.nn;

/** Is told how long each layer's passes took. */
public interface LayerTimer {

  /** A forward pass of a node has taken so many nanoseconds. */
  void forward(String node, long nanos);

  /** A backward pass of a node has taken so many nanoseconds. */
  void backward(String node, long nanos);
}
