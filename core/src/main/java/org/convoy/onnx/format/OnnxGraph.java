package org.convoy.onnx.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A GraphProto: nodes, each after those that compute its inputs, and constants.
 *
 * @param inputs what the graph is given; before IR version 4 these include the initializers
 */
public record OnnxGraph(
    String name,
    List<OnnxNode> nodes,
    List<OnnxTensor> initializers,
    List<OnnxValueInfo> inputs,
    List<OnnxValueInfo> outputs) {

  public OnnxGraph {
    nodes = List.copyOf(nodes);
    initializers = List.copyOf(initializers);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The inputs that have no initializer: those that a user must give. */
  public List<OnnxValueInfo> trueInputs() {
    Set<String> constants = initializers.stream().map(OnnxTensor::name).collect(Collectors.toSet());
    return inputs.stream().filter(input -> !constants.contains(input.name())).toList();
  }

  /** The part that one output needs; outputs of nodes that nobody there reads are left out. */
  public OnnxGraph upTo(OnnxValueInfo output) {
    Set<String> wanted = new HashSet<>(Set.of(output.name()));
    Deque<OnnxNode> needed = new ArrayDeque<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      OnnxNode node = nodes.get(i).withOutputs(wanted::contains);
      if (node.outputs().stream().anyMatch(result -> !result.isEmpty())) {
        needed.addFirst(node);
        wanted.addAll(node.inputs());
      }
    }
    return new OnnxGraph(name, List.copyOf(needed), initializers, inputs, List.of(output));
  }

  static OnnxGraph read(WireReader in) throws OnnxFileException {
    String name = "";
    List<OnnxNode> nodes = new ArrayList<>();
    List<OnnxTensor> initializers = new ArrayList<>();
    List<OnnxValueInfo> inputs = new ArrayList<>();
    List<OnnxValueInfo> outputs = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nodes.add(OnnxNode.read(in.message("node[" + nodes.size() + "]")));
        case 2 -> name = in.string("name");
        case 5 ->
            initializers.add(
                OnnxTensor.read(in.message("initializer[" + initializers.size() + "]")));
        case 11 -> inputs.add(OnnxValueInfo.read(in.message("input[" + inputs.size() + "]")));
        case 12 -> outputs.add(OnnxValueInfo.read(in.message("output[" + outputs.size() + "]")));
        case 15 -> throw in.error("sparse initializers are not read");
        default -> in.skip();
      }
    }
    return new OnnxGraph(name, nodes, initializers, inputs, outputs);
  }

  WireWriter write() {
    WireWriter out = new WireWriter();
    nodes.forEach(node -> out.message(1, node.write()));
    out.string(2, name);
    initializers.forEach(tensor -> out.message(5, tensor.write()));
    inputs.forEach(input -> out.message(11, input.write()));
    outputs.forEach(output -> out.message(12, output.write()));
    return out;
  }
}
