package org.convoy.nn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.convoy.description.Nearest;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * An immutable graph of layers, checked from end to end when it is built. Nodes stand in an order
 * in which every node comes after its inputs; residual sums and concatenations are nodes with
 * several inputs. A network holds no numbers: see {@link Parameters}.
 */
public final class Network implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The name by which nodes refer to the network's own input. */
  public static final String INPUT = "input";

  private final Shape input;
  private final List<Node> nodes;
  private final String output;
  private final List<Auxiliary> auxiliaries;
  private final Map<String, Shape> shapes;
  private final ParameterLayout layout;

  /**
   * A layer in its place.
   *
   * @param name unique in the network; prefix of its parameters' names
   * @param inputs names of earlier nodes, or {@link #INPUT}
   */
  public record Node(String name, Layer layer, List<String> inputs) implements Serializable {
    public Node {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A second output that is judged in training only, to bring gradient to the early layers (Szegedy
   * et al. 2015, "Going deeper with convolutions").
   *
   * @param node its name; no other node reads it
   * @param weight of its loss beside that of the output, above 0
   */
  public record Auxiliary(String node, double weight) implements Serializable {
    public Auxiliary {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            node + ": the weight of an auxiliary output must be above 0, got " + weight);
      }
    }
  }

  private Network(Shape input, List<Node> nodes, String output, List<Auxiliary> auxiliaries) {
    this.input = input;
    this.nodes = List.copyOf(nodes);
    this.output = output;
    this.auxiliaries = List.copyOf(auxiliaries);
    this.shapes = new LinkedHashMap<>();
    shapes.put(INPUT, input);
    LayoutBuilder slices = new LayoutBuilder();
    for (Node node : this.nodes) {
      try {
        shapes.put(node.name(), node.layer().outputShape(inputShapes(node)));
        node.layer().parameters(inputShapes(node)).forEach(spec -> slices.add(node.name(), spec));
      } catch (ShapeException e) {
        throw new ShapeException(node.name() + ": " + e.getMessage(), e);
      }
    }
    this.layout = slices.build();
  }

  /** Begins a network for examples of the given shape, channels first. */
  public static Builder builder(Shape input) {
    return new Builder(input);
  }

  /** Shape of one input example. */
  public Shape inputShape() {
    return input;
  }

  /** Shape of one output example. */
  public Shape outputShape() {
    return shapes.get(output);
  }

  /** All nodes, each after its inputs. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Name of the node whose output is the network's. */
  public String output() {
    return output;
  }

  /** Outputs beside it that only training looks at. */
  public List<Auxiliary> auxiliaries() {
    return auxiliaries;
  }

  /**
   * Names of the nodes that an output needs, itself among them, and of {@link #INPUT} where it is
   * read.
   */
  Set<String> ancestors(Collection<String> outputs) {
    Set<String> reached = new HashSet<>(outputs);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (reached.contains(nodes.get(i).name())) {
        reached.addAll(nodes.get(i).inputs());
      }
    }
    return reached;
  }

  /**
   * Shape of one output example of a node, or of the network's input.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public Shape shapeOf(String node) {
    Shape shape = shapes.get(node);
    if (shape == null) {
      throw new IllegalArgumentException(
          "no node '" + node + "'" + Nearest.suggestion(node, shapes.keySet()));
    }
    return shape;
  }

  /** Shapes of one example of each of a node's inputs. */
  public List<Shape> inputShapes(Node node) {
    return node.inputs().stream().map(this::shapeOf).toList();
  }

  /** Where each parameter lies in the flat vector. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Number of parameters; running statistics are none. */
  public int parameterCount() {
    return layout.parameterLength();
  }

  /** Sizes of all layers, as a table. */
  public NetworkSummary summary() {
    return NetworkSummary.of(this);
  }

  /** Fresh parameters, the same for the same seed. */
  public Parameters initialize(long seed) {
    Parameters parameters = new Parameters(layout, new float[layout.length()]);
    RandomKey root = RandomKey.ofSeed(seed).with("initialize");
    for (Node node : nodes) {
      for (ParameterSpec spec : node.layer().parameters(inputShapes(node))) {
        String name = node.name() + "." + spec.name();
        Tensor parameter = parameters.get(name);
        spec.initializer().initialize(parameter, root.with(name));
      }
    }
    return parameters;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && input.equals(that.input)
        && nodes.equals(that.nodes)
        && output.equals(that.output)
        && auxiliaries.equals(that.auxiliaries);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  @Override
  public String toString() {
    return "Network " + input + " -> " + outputShape() + ", " + parameterCount() + " parameters";
  }

  /** Puts layers one behind the other; where no input is named, the node before is the input. */
  public static final class Builder {
    private final Shape input;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Auxiliary> auxiliaries = new ArrayList<>();
    private String last = INPUT;

    private Builder(Shape input) {
      this.input = input;
    }

    /**
     * Adds a layer.
     *
     * @param name letters, digits, {@code _}, {@code -} and {@code .}, unique
     * @param inputs names of earlier nodes; none means the node added last
     * @throws IllegalArgumentException if the name is taken or malformed, or an input is unknown
     */
    public Builder add(String name, Layer layer, String... inputs) {
      if (!name.matches("[A-Za-z0-9_.-]+")) {
        throw new IllegalArgumentException(
            "a node's name is made of letters, digits, '_', '-' and '.', got '" + name + "'");
      }
      if (name.equals(INPUT) || nodes.containsKey(name)) {
        throw new IllegalArgumentException("there is a node '" + name + "' already");
      }
      for (String source : inputs) {
        requireKnown(name, source);
      }
      nodes.put(name, new Node(name, layer, inputs.length == 0 ? List.of(last) : List.of(inputs)));
      last = name;
      return this;
    }

    private void requireKnown(String place, String source) {
      if (!source.equals(INPUT) && !nodes.containsKey(source)) {
        throw new IllegalArgumentException(
            place
                + ": no earlier node '"
                + source
                + "'"
                + Nearest.suggestion(source, nodes.keySet()));
      }
    }

    /** Goes on behind an earlier node, or {@link Network#INPUT}. */
    public Builder from(String node) {
      requireKnown("from", node);
      last = node;
      return this;
    }

    /**
     * Makes the node added last an auxiliary output; go on with {@link #from}.
     *
     * @param weight of its loss beside that of the output, above 0
     */
    public Builder auxiliary(double weight) {
      auxiliaries.add(new Auxiliary(last, weight));
      return this;
    }

    /** Whether there is a node of that name. */
    public boolean contains(String name) {
      return nodes.containsKey(name);
    }

    /** Name of the node added last, or {@link Network#INPUT}. */
    public String last() {
      return last;
    }

    /**
     * The network whose output is the node added last.
     *
     * @throws ShapeException if a layer does not fit its input; the message begins with its name
     */
    public Network build() {
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("a network needs at least one layer");
      }
      for (Auxiliary auxiliary : auxiliaries) {
        if (auxiliary.node().equals(last) || isRead(auxiliary.node())) {
          throw new IllegalArgumentException(
              auxiliary.node()
                  + ": an auxiliary output must be the end of a branch of its own, but it is the"
                  + " output or the input of another node");
        }
      }
      return new Network(input, List.copyOf(nodes.values()), last, auxiliaries);
    }

    private boolean isRead(String node) {
      return nodes.values().stream().anyMatch(other -> other.inputs().contains(node));
    }
  }
}
