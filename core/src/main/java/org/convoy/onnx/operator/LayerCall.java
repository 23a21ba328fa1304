package org.convoy.onnx.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.nn.Layer;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * A layer with its parameters, applied to inputs of a node. An input or the output may be seen in
 * other dims than the node's, row-major, where only the grouping of axes differs.
 */
public final class LayerCall implements Outcome {
  private final Layer layer;
  private final List<Integer> inputs = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private int[] outputDims;

  private LayerCall(Layer layer) {
    this.layer = layer;
  }

  static LayerCall of(Layer layer) {
    return new LayerCall(layer);
  }

  /**
   * Adds an input.
   *
   * @param index of the node's input
   * @param dims in which the layer sees it, the batch first
   */
  LayerCall input(int index, int... dims) {
    inputs.add(index);
    shapes.add(Shape.of(dims));
    return this;
  }

  /** Binds a parameter to numbers. */
  LayerCall parameter(String name, Tensor numbers) {
    parameters.put(name, numbers);
    return this;
  }

  /** States the dims of the node's output, where they are not those of the layer's. */
  LayerCall output(int... dims) {
    outputDims = dims.clone();
    return this;
  }

  public Layer layer() {
    return layer;
  }

  /** Indexes of the node's inputs that the layer gets, in its order. */
  public List<Integer> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /** In which shapes the layer sees them, batch first. */
  public List<Shape> shapes() {
    return Collections.unmodifiableList(shapes);
  }

  /** Parameters of the layer by their names inside it. */
  public Map<String, Tensor> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Shape of the layer's output, batch first. */
  public Shape outputShape() {
    List<Shape> examples = shapes.stream().map(Shape::dropFirst).toList();
    return layer.outputShape(examples).prepend(shapes.get(0).size(0));
  }

  /** Dims of the node's output. */
  public int[] outputDims() {
    return outputDims == null ? outputShape().toArray() : outputDims.clone();
  }
}
