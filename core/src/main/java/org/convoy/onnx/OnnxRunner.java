package org.convoy.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.convoy.backend.Backend;
import org.convoy.backend.Workspace;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxNode;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.onnx.format.OnnxValueInfo;
import org.convoy.onnx.operator.Call;
import org.convoy.onnx.operator.OnnxGraphException;
import org.convoy.onnx.operator.Operand;
import org.convoy.onnx.operator.Operators;
import org.convoy.onnx.operator.Value;

/**
 * Computes an ONNX graph node by node, on any inputs. What a Convoy layer computes goes through
 * that layer and its backend; values are forgotten after their last use. For checking and for
 * constants: a network to train or score with is made by importing. Not for several threads.
 */
public final class OnnxRunner {
  private final OnnxModel model;
  private final Backend backend;
  private final Workspace workspace = new Workspace();
  private final Map<String, Integer> lastUse = new HashMap<>();

  public OnnxRunner(OnnxModel model, Backend backend) {
    this.model = model;
    this.backend = backend;
    List<OnnxNode> nodes = model.graph().nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).inputs()) {
        lastUse.put(input, i);
      }
    }
    model.graph().outputs().forEach(output -> lastUse.put(output.name(), nodes.size()));
  }

  /**
   * Runs the graph once.
   *
   * @param inputs values for {@link org.convoy.onnx.format.OnnxGraph#trueInputs}, in their order
   * @return the graph's outputs, in their order
   * @throws org.convoy.onnx.operator.UnsupportedNodeException at the first node that nothing
   *     computes
   * @throws OnnxGraphException if the graph or the inputs contradict themselves
   */
  public List<Value> run(List<Value> inputs) {
    Map<String, Value> values = new HashMap<>();
    for (OnnxTensor constant : model.graph().initializers()) {
      values.put(constant.name(), Value.of(constant));
    }
    List<OnnxValueInfo> wanted = model.graph().trueInputs();
    if (inputs.size() != wanted.size()) {
      throw new OnnxGraphException(
          "expected "
              + wanted.size()
              + " inputs "
              + wanted.stream().map(OnnxValueInfo::name).toList()
              + ", got "
              + inputs.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      values.put(wanted.get(i).name(), inputs.get(i));
    }
    List<OnnxNode> nodes = model.graph().nodes();
    for (int i = 0; i < nodes.size(); i++) {
      run(nodes.get(i), values);
      forget(nodes.get(i), i, values);
    }
    return model.graph().outputs().stream().map(output -> find(values, output.name())).toList();
  }

  private void run(OnnxNode node, Map<String, Value> values) {
    List<Operand> operands = new ArrayList<>();
    for (String input : node.inputs()) {
      operands.add(input.isEmpty() ? null : Operand.of(find(values, input)));
    }
    OnnxNode needed = node.withOutputs(lastUse::containsKey);
    Call call = new Call(needed, model.opset(node.domain()), operands, backend, workspace);
    List<Value> results = Operators.run(call);
    for (int i = 0; i < Math.min(results.size(), node.outputs().size()); i++) {
      String output = needed.outputs().get(i);
      if (!output.isEmpty() && values.putIfAbsent(output, results.get(i)) != null) {
        throw new OnnxGraphException(
            "node '" + node.label() + "': '" + output + "' is there already");
      }
    }
  }

  private static Value find(Map<String, Value> values, String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new OnnxGraphException(
          "'" + name + "' is read before any input, constant or node gives it");
    }
    return value;
  }

  private void forget(OnnxNode node, int index, Map<String, Value> values) {
    for (String input : node.inputs()) {
      if (lastUse.get(input) == index) {
        values.remove(input);
      }
    }
  }
}
