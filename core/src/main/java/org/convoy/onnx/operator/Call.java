package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.convoy.backend.Backend;
import org.convoy.backend.Workspace;
import org.convoy.nn.Layer;
import org.convoy.onnx.format.ElementType;
import org.convoy.onnx.format.OnnxAttribute;
import org.convoy.onnx.format.OnnxAttribute.Kind;
import org.convoy.onnx.format.OnnxNode;
import org.convoy.tensor.Tensor;

/**
 * One node with what is known about its inputs. Attributes are asked for by name; those that nobody
 * asked for are found by {@link #requireAllAttributesRead}.
 */
public final class Call {
  private final OnnxNode node;
  private final long opset;
  private final List<Operand> inputs;
  private final Backend backend;
  private final Workspace workspace;
  private final Set<String> read = new HashSet<>();

  /**
   * @param opset version of the node's operator set
   * @param inputs null for optional ones that are left out
   */
  public Call(
      OnnxNode node, long opset, List<Operand> inputs, Backend backend, Workspace workspace) {
    this.node = node;
    this.opset = opset;
    this.inputs = inputs;
    this.backend = backend;
    this.workspace = workspace;
  }

  public OnnxNode node() {
    return node;
  }

  /** Version of the operator set. */
  public long opset() {
    return opset;
  }

  /** Number of inputs, with those that are left out in between. */
  int inputCount() {
    return inputs.size();
  }

  /** Whether an input is there. */
  boolean has(int index) {
    return index < inputs.size() && inputs.get(index) != null;
  }

  /** Whether the node's output of this index is wanted. */
  boolean wants(int output) {
    return output < node.outputs().size() && !node.outputs().get(output).isEmpty();
  }

  private Operand operand(int index) {
    if (!has(index)) {
      throw new OnnxGraphException("input " + index + " is missing");
    }
    return inputs.get(index);
  }

  /** Dims of an input. */
  int[] dims(int index) {
    return operand(index).dims();
  }

  int rank(int index) {
    return dims(index).length;
  }

  ElementType type(int index) {
    return operand(index).type();
  }

  boolean isKnown(int index) {
    return operand(index).isKnown();
  }

  /**
   * The numbers of an input.
   *
   * @throws NotConstantException if they are not known
   */
  Value value(int index) {
    if (!operand(index).isKnown()) {
      throw new NotConstantException(index);
    }
    return inputs.get(index).value();
  }

  /** The numbers of an input of 32-bit floats as a tensor of their dims. */
  Tensor tensor(int index) {
    return value(index).tensor(dims(index));
  }

  /** Dims of an input that goes to a layer: floats of 32 bits, batch first, nothing empty. */
  int[] layerDims(int index) {
    int[] dims = dims(index);
    if (type(index) != ElementType.FLOAT) {
      throw unsupported("layers compute with floats of 32 bits, got " + operand(index));
    }
    if (dims.length < 2 || Dims.elementCount(dims) == 0) {
      throw unsupported(
          "layers want a batch axis and at least one more, none of size 0, got " + operand(index));
    }
    return dims;
  }

  /** A whole number, or the given one where the node does not say. */
  long integer(String name, long otherwise) {
    return attribute(name, Kind.INT).map(found -> found.numbers().get(0)).orElse(otherwise);
  }

  /** A float, or the given one where the node does not say. */
  float number(String name, float otherwise) {
    return attribute(name, Kind.FLOAT).map(found -> found.floats().get(0)).orElse(otherwise);
  }

  /** A text, or the given one where the node does not say. */
  String text(String name, String otherwise) {
    return attribute(name, Kind.STRING).map(found -> found.strings().get(0)).orElse(otherwise);
  }

  /** Whole numbers, where the node has them. */
  Optional<long[]> integers(String name) {
    return attribute(name, Kind.INTS)
        .map(found -> found.numbers().stream().mapToLong(Long::longValue).toArray());
  }

  /** Floats, where the node has them. */
  Optional<List<Float>> numbers(String name) {
    return attribute(name, Kind.FLOATS).map(OnnxAttribute::floats);
  }

  /** A constant, where the node has it. */
  Optional<Value> constant(String name) {
    return attribute(name, Kind.TENSOR).map(found -> Value.of(found.tensors().get(0)));
  }

  /** States that attributes change nothing in what is computed here. */
  void ignore(String... names) {
    read.addAll(Arrays.asList(names));
  }

  private Optional<OnnxAttribute> attribute(String name, Kind kind) {
    read.add(name);
    Optional<OnnxAttribute> found = node.attribute(name);
    found.ifPresent(attribute -> requireKind(attribute, kind));
    return found;
  }

  private static void requireKind(OnnxAttribute attribute, Kind kind) {
    boolean holds =
        switch (kind) {
          case INT -> attribute.numbers().size() == 1;
          case FLOAT -> attribute.floats().size() == 1;
          case STRING -> attribute.strings().size() == 1;
          case TENSOR -> attribute.tensors().size() == 1;
          case FLOATS, INTS, STRINGS, TENSORS, OTHER -> true;
        };
    if (attribute.kind() != kind || !holds) {
      throw new OnnxGraphException(
          "attribute " + attribute.name() + " must be " + kind + ", got " + attribute.kind());
    }
  }

  /**
   * Refuses what the operator has not looked at: it may mean anything.
   *
   * @throws UnsupportedNodeException that names the attribute
   */
  void requireAllAttributesRead() {
    for (OnnxAttribute attribute : node.attributes()) {
      if (!read.contains(attribute.name())) {
        throw unsupported("attribute " + attribute.name() + " is not known");
      }
    }
  }

  /** An exception that says what of this call is not supported. */
  public UnsupportedNodeException unsupported(String reason) {
    return new UnsupportedNodeException(node, opset, reason);
  }

  /** Runs a layer on numbers, as in scoring. */
  LayerRun run(Layer layer, Map<String, Tensor> parameters, Tensor... tensors) {
    return LayerRun.of(backend, workspace, layer, List.of(tensors), parameters, false);
  }

  /** Runs a layer on numbers, as in training. */
  LayerRun learn(Layer layer, Map<String, Tensor> parameters, Tensor input) {
    return LayerRun.of(backend, workspace, layer, List.of(input), parameters, true);
  }

  /** Carries out what an operator has answered; all inputs of the layer must be known. */
  List<Value> execute(Outcome outcome) {
    if (outcome instanceof Outcome.Values values) {
      return values.list();
    }
    LayerCall layer = (LayerCall) outcome;
    Tensor[] tensors = new Tensor[layer.inputs().size()];
    for (int i = 0; i < tensors.length; i++) {
      // Token numbers come as whole numbers; layers take them as floats.
      Value input = value(layer.inputs().get(i)).cast(ElementType.FLOAT);
      tensors[i] = input.tensor(layer.shapes().get(i).toArray());
    }
    Tensor output = run(layer.layer(), layer.parameters(), tensors).output();
    return List.of(Value.ofFloats(layer.outputDims(), output.data()));
  }
}
