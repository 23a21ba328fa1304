package org.convoy.onnx.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.onnx.format.OnnxGraph;
import org.convoy.onnx.format.OnnxNode;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.onnx.format.OnnxValueInfo;

/** The nodes and constants of a graph while it is written. */
public final class GraphBuilder {
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, OnnxTensor> constants = new LinkedHashMap<>();

  void add(OnnxNode node) {
    nodes.add(node);
  }

  void add(OnnxTensor constant) {
    constants.put(constant.name(), constant);
  }

  /** The graph of all that was added. */
  public OnnxGraph build(String name, OnnxValueInfo input, OnnxValueInfo output) {
    return new OnnxGraph(
        name, nodes, List.copyOf(constants.values()), List.of(input), List.of(output));
  }
}
