package org.convoy.onnx.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.onnx.format.OnnxNode;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * A network's node while it is written: what it reads, its numbers, and where the ONNX nodes go
 * that compute it. The last of these is called as the node, the others get a suffix.
 */
public final class ExportedNode {
  private final Network network;
  private final Network.Node node;
  private final Parameters parameters;
  private final GraphBuilder graph;

  public ExportedNode(
      Network network, Network.Node node, Parameters parameters, GraphBuilder graph) {
    this.network = network;
    this.node = node;
    this.parameters = parameters;
    this.graph = graph;
  }

  /** Names of the values that the node reads. */
  List<String> inputs() {
    return node.inputs();
  }

  /** Name of the only value that it reads. */
  String input() {
    return node.inputs().get(0);
  }

  /** Shape of one example of the first input. */
  Shape inputShape() {
    return network.inputShapes(node).get(0);
  }

  /** Shape of one example of the output. */
  Shape outputShape() {
    return network.shapeOf(node.name());
  }

  /** Adds the node that gives the output. */
  void emit(String operator, List<String> inputs, OnnxAttribute... attributes) {
    add(node.name(), operator, inputs, attributes);
  }

  /**
   * Adds a node that only others of this layer read.
   *
   * @return the name of its output
   */
  String inner(String suffix, String operator, List<String> inputs, OnnxAttribute... attributes) {
    return add(node.name() + "/" + suffix, operator, inputs, attributes);
  }

  private String add(String name, String operator, List<String> inputs, OnnxAttribute[] list) {
    graph.add(new OnnxNode(name, operator, "", inputs, List.of(name), Arrays.asList(list)));
    return name;
  }

  /** Adds a parameter under its name in the layout, in its own shape. */
  String parameter(String name) {
    return parameter(name, numbers(name).shape().toArray());
  }

  /** Adds a parameter under its name in the layout, in other dims of as many elements. */
  String parameter(String name, int... dims) {
    Tensor numbers = numbers(name);
    String full = node.name() + "." + name;
    graph.add(OnnxTensor.ofFloats(full, dims, numbers.data(), numbers.offset(), numbers.size()));
    return full;
  }

  private Tensor numbers(String name) {
    return parameters.get(node.name() + "." + name);
  }

  /** Adds constant whole numbers along one axis. */
  String constant(String suffix, long... values) {
    String name = node.name() + "/" + suffix;
    graph.add(OnnxTensor.ofLongs(name, values));
    return name;
  }

  /** Adds constant floats. */
  String constant(String suffix, int[] dims, float... values) {
    String name = node.name() + "/" + suffix;
    graph.add(OnnxTensor.ofFloats(name, dims, values, 0, values.length));
    return name;
  }

  /** Adds as many equal floats as the axis is long. */
  String filled(String suffix, int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return constant(suffix, new int[] {length}, values);
  }

  /**
   * Adds a change of an example's shape; the batch stays what it is.
   *
   * @return the name of the result
   */
  String reshaped(String suffix, String input, int... example) {
    return inner(suffix, "Reshape", List.of(input, batchAnd(suffix, example)));
  }

  /** The constant that Reshape takes for any batch of examples of these sizes. */
  String batchAnd(String suffix, int... example) {
    List<Long> dims = new ArrayList<>(List.of(0L));
    Arrays.stream(example).forEach(size -> dims.add((long) size));
    return constant(suffix + ".shape", dims.stream().mapToLong(Long::longValue).toArray());
  }
}
