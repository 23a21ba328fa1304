package org.convoy.onnx.importing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.convoy.backend.Backend;
import org.convoy.backend.Workspace;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.Sigmoid;
import org.convoy.nn.layer.Silu;
import org.convoy.onnx.format.ElementType;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxNode;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.onnx.operator.Call;
import org.convoy.onnx.operator.LayerCall;
import org.convoy.onnx.operator.NotConstantException;
import org.convoy.onnx.operator.OnnxGraphException;
import org.convoy.onnx.operator.Operand;
import org.convoy.onnx.operator.Operators;
import org.convoy.onnx.operator.Outcome;
import org.convoy.onnx.operator.ShapeOperators;
import org.convoy.onnx.operator.Value;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/** One walk over a graph that collects the nodes of a network. */
public final class GraphImport {
  private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div");

  private final OnnxModel model;
  private final Backend backend;
  private final Workspace workspace = new Workspace();
  private final NodeNames names = new NodeNames();
  private final Map<String, Value> constants = new HashMap<>();
  private final Map<String, Activation> activations = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, DraftNode> drafts = new LinkedHashMap<>();

  /** For each node of the network the value that it gives, which others may pass on. */
  private final Map<String, String> given = new HashMap<>();

  private final List<String> notes = new ArrayList<>();

  /**
   * What a network's node, or its input, gives: dims with the batch first, and the graph's type.
   */
  private record Activation(String node, List<Integer> dims, ElementType type) {
    int[] array() {
      return dims.stream().mapToInt(size -> size).toArray();
    }
  }

  public GraphImport(OnnxModel model, Backend backend) {
    this.model = model;
    this.backend = backend;
    for (OnnxTensor constant : model.graph().initializers()) {
      constants.put(constant.name(), Value.of(constant));
    }
  }

  /** What the walk changed beside translating, a sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Walks over all nodes.
   *
   * @param input name of the graph's input
   * @param dims of the input, batch first
   * @param output name of the graph's only output, which needs all of its nodes
   * @return the network
   */
  public Network network(String input, int[] dims, String output) {
    List<OnnxNode> nodes = model.graph().nodes();
    nodes.forEach(node -> node.inputs().forEach(name -> uses.merge(name, 1, Integer::sum)));
    uses.merge(output, 1, Integer::sum);
    List<OnnxNode> rest = begin(input, dims, nodes);
    rest.forEach(this::take);
    Activation last = activations.get(output);
    if (last == null) {
      throw new OnnxGraphException("the output '" + output + "' does not depend on the input");
    }
    Network.Builder builder = Network.builder(Shape.of(activations.get(input).array()).dropFirst());
    drafts
        .values()
        .forEach(d -> builder.add(d.name(), d.layer(), d.inputs().toArray(String[]::new)));
    return builder.build();
  }

  /** The numbers of the network that was built. */
  public Parameters parameters(Network network) {
    Parameters parameters = new Parameters(network.layout(), new float[network.layout().length()]);
    for (DraftNode draft : drafts.values()) {
      draft
          .parameters()
          .forEach((name, numbers) -> parameters.get(draft.name() + "." + name).copyFrom(numbers));
    }
    return parameters;
  }

  /**
   * Binds the input. Pictures with their channels last, which the graph turns at once, come into
   * the network with their channels first, as Convoy has them.
   *
   * @return the nodes that remain
   */
  private List<OnnxNode> begin(String input, int[] dims, List<OnnxNode> nodes) {
    List<OnnxNode> readers = nodes.stream().filter(n -> n.inputs().contains(input)).toList();
    boolean turned =
        !readers.isEmpty() && readers.stream().allMatch(GraphImport::putsChannelsFirst);
    if (!turned || dims.length != 4) {
      activations.put(input, activation(Network.INPUT, dims));
      return nodes;
    }
    Activation first = activation(Network.INPUT, dims[0], dims[3], dims[1], dims[2]);
    activations.put(input, first);
    readers.forEach(node -> activations.put(node.outputs().get(0), first));
    notes.add("the input has its channels first, where that of the graph has them last");
    List<OnnxNode> rest = new ArrayList<>(nodes);
    rest.removeAll(readers);
    return rest;
  }

  private static boolean putsChannelsFirst(OnnxNode node) {
    return node.operator().equals("Transpose")
        && node.attribute("perm")
            .map(p -> p.numbers().equals(List.of(0L, 3L, 1L, 2L)))
            .orElse(false);
  }

  private static Activation activation(String node, int... dims) {
    return new Activation(node, Arrays.stream(dims).boxed().toList(), ElementType.FLOAT);
  }

  private void take(OnnxNode node) {
    Optional<Activation> same = passedOn(node);
    if (same.isPresent()) {
      activations.put(node.outputs().get(0), same.get());
      return;
    }
    List<Operand> operands = new ArrayList<>();
    node.inputs().forEach(input -> operands.add(operand(input)));
    Call call = new Call(node, model.opset(node.domain()), operands, backend, workspace);
    try {
      Outcome outcome = Operators.evaluate(call);
      if (outcome instanceof LayerCall layer
          && layer.inputs().stream().anyMatch(i -> known(node, i))) {
        outcome = new Outcome.Values(Operators.run(call));
      }
      bind(node, outcome);
    } catch (NotConstantException e) {
      if (!takeArithmetic(node) && !takeSilu(node)) {
        throw call.unsupported(
            "it works on what the input decides ("
                + node.inputs().get(e.input())
                + "), and no layer"
                + " of Convoy does that");
      }
    }
  }

  /**
   * What a node gives that gives what it gets; tokens stay floats, whatever the graph makes them.
   */
  private Optional<Activation> passedOn(OnnxNode node) {
    Activation source = node.inputs().isEmpty() ? null : activations.get(node.inputs().get(0));
    if (source == null || !node.domain().isEmpty()) {
      return Optional.empty();
    } else if (node.operator().equals("Identity")) {
      return Optional.of(source);
    } else if (!node.operator().equals("Cast")) {
      return Optional.empty();
    }
    long target = node.attribute("to").map(to -> to.numbers().get(0)).orElse(0L);
    boolean tokens = target == ElementType.INT64.number() || target == ElementType.INT32.number();
    if (tokens && source.node().equals(Network.INPUT)) {
      return Optional.of(new Activation(source.node(), source.dims(), ElementType.INT64));
    }
    boolean same = target == source.type().number();
    return same ? Optional.of(source) : Optional.empty();
  }

  private boolean known(OnnxNode node, int input) {
    return constants.containsKey(node.inputs().get(input));
  }

  private Operand operand(String name) {
    if (name.isEmpty()) {
      return null;
    } else if (constants.containsKey(name)) {
      return Operand.of(constants.get(name));
    } else if (activations.containsKey(name)) {
      Activation activation = activations.get(name);
      return Operand.unknown(activation.type(), activation.array());
    }
    throw new OnnxGraphException(
        "'" + name + "' is read before any input, constant or node gives it");
  }

  private void bind(OnnxNode node, Outcome outcome) {
    if (outcome instanceof Outcome.Values values) {
      for (int i = 0; i < node.outputs().size(); i++) {
        if (!node.outputs().get(i).isEmpty()) {
          constants.put(node.outputs().get(i), values.list().get(i));
        }
      }
      return;
    }
    LayerCall call = (LayerCall) outcome;
    String name = names.of(node);
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      Activation source = activations.get(node.inputs().get(call.inputs().get(i)));
      inputs.add(seenAs(node, source, call.shapes().get(i).toArray(), name + ".view").node());
    }
    add(name, call.layer(), inputs, call.parameters());
    Activation result = activation(name, call.outputShape().toArray());
    give(node, seenAs(node, result, call.outputDims(), name + ".shape"));
  }

  private void give(OnnxNode node, Activation result) {
    activations.put(node.outputs().get(0), result);
    given.put(result.node(), node.outputs().get(0));
  }

  /** Whether a node of the network gives this value itself, and one node alone reads it. */
  private boolean isReadOnce(String draft, String value) {
    return value.equals(given.get(draft)) && uses.get(value) == 1;
  }

  private void add(String name, Layer layer, List<String> inputs, Map<String, Tensor> parameters) {
    drafts.put(name, new DraftNode(name, layer, inputs, parameters));
  }

  /** An activation in other dims, by a layer that regroups each example's elements. */
  private Activation seenAs(OnnxNode node, Activation source, int[] dims, String name) {
    if (Arrays.equals(source.array(), dims)) {
      return source;
    } else if (dims[0] != source.dims().get(0)) {
      throw new OnnxGraphException(
          String.format(
              "node '%s' (%s) sees %s as %s, which mixes the batch with other axes",
              node.label(), node.operator(), source.dims(), Arrays.toString(dims)));
    }
    String unique = names.unique(name, "");
    add(unique, ShapeOperators.grouping(dims), List.of(source.node()), Map.of());
    return activation(unique, dims);
  }

  /** Arithmetic of an activation with a number for each channel. */
  private boolean takeArithmetic(OnnxNode node) {
    if (!ARITHMETIC.contains(node.operator()) || !node.domain().isEmpty()) {
      return false;
    }
    int at = activations.containsKey(node.inputs().get(0)) ? 0 : 1;
    Activation source = activations.get(node.inputs().get(at));
    Value constant = constants.get(node.inputs().get(1 - at));
    if (source == null || constant == null || source.dims().size() > 5) {
      return false;
    }
    Optional<ChannelArithmetic> arithmetic =
        ChannelArithmetic.of(
            node.operator(), source.array(), legacy(node, source, constant), at == 0);
    if (arithmetic.isEmpty()) {
      return false;
    }
    DraftNode before = drafts.get(source.node());
    boolean only = isReadOnce(source.node(), node.inputs().get(at));
    if (before != null && only && arithmetic.get().joins(before)) {
      arithmetic.get().join(before);
      give(node, source);
      return true;
    }
    addArithmetic(node, source, arithmetic.get());
    return true;
  }

  private void addArithmetic(OnnxNode node, Activation source, ChannelArithmetic arithmetic) {
    String name = names.of(node);
    int[] dims = source.array();
    int axes = Math.max(1, dims.length - 2);
    int[] view = dims.length == 2 ? new int[] {dims[0], dims[1], 1} : dims;
    String input = seenAs(node, source, view, name + ".view").node();
    add(name, arithmetic.layer(axes), List.of(input), arithmetic.parameters(axes));
    give(node, seenAs(node, activation(name, view), dims, name + ".shape"));
  }

  /** Before opset 7 an attribute says where the second operand's axes begin. */
  private Value legacy(OnnxNode node, Activation source, Value constant) {
    Optional<Long> axis = node.attribute("axis").map(found -> found.numbers().get(0));
    if (model.opset() >= 7 || axis.isEmpty() || constant.rank() == 0) {
      return constant;
    }
    int start = (int) (axis.get() < 0 ? axis.get() + source.dims().size() : axis.get());
    int[] dims = Arrays.copyOf(constant.dims(), source.dims().size() - start);
    Arrays.fill(dims, constant.rank(), dims.length, 1);
    return constant.reshaped(dims);
  }

  /** x sigmoid(x), which PyTorch writes as two nodes. */
  private boolean takeSilu(OnnxNode node) {
    if (!node.operator().equals("Mul")
        || !node.inputs().stream().allMatch(activations::containsKey)) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      Activation x = activations.get(node.inputs().get(i));
      Activation factor = activations.get(node.inputs().get(1 - i));
      DraftNode sigmoid = drafts.get(factor.node());
      if (sigmoid != null
          && sigmoid.layer() instanceof Sigmoid
          && sigmoid.inputs().equals(List.of(x.node()))
          && isReadOnce(factor.node(), node.inputs().get(1 - i))) {
        drafts.remove(factor.node());
        String name = names.of(node);
        add(name, new Silu(), List.of(x.node()), Map.of());
        give(node, new Activation(name, x.dims(), ElementType.FLOAT));
        return true;
      }
    }
    return false;
  }
}
