package org.convoy.nn;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.convoy.tensor.Shape;

/**
 * One operation of a network: a small immutable record that answers three questions — which shape
 * comes out, which parameters are needed, how forward and backward are computed. It holds no
 * numbers: parameters, activations and scratch memory come with the {@link LayerContext}.
 *
 * <p>To add a layer, write a record in {@code org.convoy.nn.layer} and register it in {@code
 * Layers}; the contract test then runs it.
 */
public interface Layer extends Serializable {

  /**
   * Shape of one output example.
   *
   * @param inputs shapes of one example of each input
   * @throws org.convoy.tensor.ShapeException if they do not fit; the network adds the layer's name
   */
  Shape outputShape(List<Shape> inputs);

  /** The parameters needed for these inputs, in the order in which PyTorch lists them. */
  default List<ParameterSpec> parameters(List<Shape> inputs) {
    return List.of();
  }

  /** What the forward pass leaves for the backward pass. */
  default Scratch scratch(List<Shape> inputs) {
    return Scratch.NONE;
  }

  /**
   * Whether {@link #backward} reads the numbers in the inputs; where it does not, a training pass
   * gives their memory away as soon as the forward passes have read them.
   */
  default boolean backwardReadsInputs() {
    return true;
  }

  /** Whether {@link #backward} reads the numbers in the output. */
  default boolean backwardReadsOutput() {
    return true;
  }

  /**
   * Whether {@link #backward} only copies the output's gradient to those of the inputs, so that
   * they may lie in the same memory, where copying does nothing.
   */
  default boolean passesGradientOn() {
    return false;
  }

  /**
   * This layer and the one whose output is its only input, as one layer with the inputs, parameters
   * and scratch memory of that one, the output of this one, and the bits of the two. An execution
   * then keeps nothing of what passes between them. The backward pass of such a layer may write to
   * the output's gradient.
   *
   * @return empty if the two are computed one after the other
   */
  default Optional<Layer> joinedTo(Layer before) {
    return Optional.empty();
  }

  /**
   * Whether in training an example's output depends on the other examples of its batch, as with
   * batch statistics. In scoring it never does.
   */
  default boolean mixesBatch() {
    return false;
  }

  /** Multiply-adds of one example's forward pass; 0 for layers where they do not count. */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /** Writes the output from the inputs and the parameters. */
  void forward(LayerContext context);

  /**
   * Adds to the parameters' gradients, where {@link LayerContext#learns} says so, and writes the
   * inputs' gradients, where {@link LayerContext#needsInputGradient} says so.
   */
  void backward(LayerContext context);
}
