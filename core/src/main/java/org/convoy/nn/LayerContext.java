package org.convoy.nn;

import org.convoy.backend.Backend;
import org.convoy.backend.Workspace;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Everything that a layer computes with: its inputs, output and their gradients for the batch at
 * hand, its parameters, scratch memory and the backend. Tensors have the batch as their first axis.
 */
public interface LayerContext {

  /** Does the work. */
  Backend backend();

  /** Memory for the backend, shared by all layers of the task. */
  Workspace workspace();

  /** Number of examples in this batch. */
  int batchSize();

  /** Whether this is a training pass (dropout drops, batch statistics are used). */
  boolean training();

  /**
   * Whether this pass wants the gradients of this layer's parameters and changes its running
   * statistics. False outside training and for frozen layers, which then work as in scoring.
   */
  boolean learns();

  /** The only input. */
  default Tensor input() {
    return input(0);
  }

  /** One of several inputs. */
  Tensor input(int index);

  /** Number of inputs. */
  int inputCount();

  /** Written by the forward pass. */
  Tensor output();

  /**
   * Gradient of the loss with respect to the output; must not be written, but by layers that {@link
   * Layer#joinedTo} has made.
   */
  Tensor outputGradient();

  /** Whether the gradient of an input is wanted; not for the network's own input. */
  boolean needsInputGradient(int index);

  /** Gradient of the loss with respect to the only input. */
  default Tensor inputGradient() {
    return inputGradient(0);
  }

  /** Gradient with respect to an input, to be written (not added to) by the backward pass. */
  Tensor inputGradient(int index);

  /** A parameter by its name inside the layer. */
  Tensor parameter(String name);

  /** The gradient of a parameter, to be added to; only where this layer {@link #learns}. */
  Tensor parameterGradient(String name);

  /**
   * Floats promised by {@link Layer#scratch}; they keep their contents from forward to backward.
   */
  Tensor floats();

  /** Ints promised by {@link Layer#scratch}; they keep their contents from forward to backward. */
  int[] ints();

  /**
   * Random numbers for one example in this layer: they depend on the seed, the epoch, the image and
   * the layer, not on the batch that the image is in. Training passes only.
   */
  RandomKey random(int example);
}
