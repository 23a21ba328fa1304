package org.convoy.nn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an execution computes in one go: a node, or a node and the only one that reads it, joined
 * ({@link Layer#joinedTo}), so that what passes between the two needs no memory.
 *
 * @param node gives the inputs and the parameters
 * @param layer computes
 * @param output name of the node whose output comes out
 */
record Operation(Network.Node node, Layer layer, String output) {

  /** All that a purpose needs, each after its inputs. */
  static List<Operation> of(Network network, Purpose purpose) {
    Set<String> alive = purpose.alive(network);
    List<Network.Node> nodes =
        network.nodes().stream().filter(node -> alive.contains(node.name())).toList();
    List<String> outputs = purpose.outputs(network);
    List<Operation> operations = new ArrayList<>();
    Set<String> joined = new HashSet<>();
    for (Network.Node node : nodes) {
      if (!joined.contains(node.name())) {
        boolean asked = purpose.keepsAll() || outputs.contains(node.name());
        Operation operation =
            (asked ? Optional.<Operation>empty() : pair(node, nodes))
                .orElse(new Operation(node, node.layer(), node.name()));
        operations.add(operation);
        joined.add(operation.output);
      }
    }
    return List.copyOf(operations);
  }

  /** A node with the one that alone reads it, if they can be joined. */
  private static Optional<Operation> pair(Network.Node node, List<Network.Node> nodes) {
    List<Network.Node> readers =
        nodes.stream().filter(other -> other.inputs().contains(node.name())).toList();
    if (readers.size() != 1 || readers.get(0).inputs().size() != 1) {
      return Optional.empty();
    }
    Network.Node reader = readers.get(0);
    return reader
        .layer()
        .joinedTo(node.layer())
        .map(layer -> new Operation(node, layer, reader.name()));
  }

  /** Name of the node that computes. */
  String name() {
    return node.name();
  }

  /** Names of the nodes whose outputs are read. */
  List<String> inputs() {
    return node.inputs();
  }

  /** Whether two nodes are computed. */
  boolean isJoined() {
    return !output.equals(node.name());
  }
}
