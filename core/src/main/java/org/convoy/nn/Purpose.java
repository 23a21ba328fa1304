package org.convoy.nn;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an execution is for, which decides what is computed and how long it is kept.
 *
 * @param training whether layers behave as in training
 * @param backward whether backward passes follow
 * @param keepsAll whether every output and gradient is still there when a pass has ended
 * @param frozen names of the nodes that do not learn
 */
record Purpose(boolean training, boolean backward, boolean keepsAll, Set<String> frozen) {
  static final Purpose INFERENCE = new Purpose(false, false, false, Set.of());
  static final Purpose INSPECTION = new Purpose(false, true, true, Set.of());

  static Purpose training(Set<String> frozen) {
    return new Purpose(true, true, false, Set.copyOf(frozen));
  }

  boolean learns(Network.Node node) {
    return training && !frozen.contains(node.name());
  }

  /** Nodes whose outputs are asked for from outside. */
  List<String> outputs(Network network) {
    Stream<String> judged = network.auxiliaries().stream().map(Network.Auxiliary::node);
    return Stream.concat(Stream.of(network.output()), training ? judged : Stream.empty()).toList();
  }

  /** Nodes that need a forward pass, and {@link Network#INPUT}. */
  Set<String> alive(Network network) {
    Set<String> alive = network.ancestors(outputs(network));
    alive.add(Network.INPUT);
    return alive;
  }

  /**
   * Nodes that need a backward pass: the outputs depend on them, and there is something that learns
   * in them or before them.
   */
  Set<String> wantGradient(Network network) {
    if (!backward) {
      return Set.of();
    }
    Set<String> wanted = network.ancestors(outputs(network));
    wanted.remove(Network.INPUT);
    if (training) {
      wanted.retainAll(learning(network));
      wanted.addAll(outputs(network));
    }
    return wanted;
  }

  private Set<String> learning(Network network) {
    Set<String> learning = new HashSet<>();
    for (Network.Node node : network.nodes()) {
      boolean itself =
          learns(node) && !node.layer().parameters(network.inputShapes(node)).isEmpty();
      if (itself || node.inputs().stream().anyMatch(learning::contains)) {
        learning.add(node.name());
      }
    }
    return learning;
  }

  /** Checks that all frozen nodes exist. */
  void check(Network network) {
    Set<String> names =
        network.nodes().stream().map(Network.Node::name).collect(Collectors.toSet());
    for (String name : frozen) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("there is no node '" + name + "' to freeze");
      }
    }
  }
}
