package org.convoy.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which operations read the output of a node, or the network's input. */
final class Readers {
  private final Map<String, List<Use>> uses = new HashMap<>();

  /** An operation's input by its index. */
  record Use(int operation, int input) {}

  Readers(List<Operation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      List<String> inputs = operations.get(i).inputs();
      for (int k = 0; k < inputs.size(); k++) {
        uses.computeIfAbsent(inputs.get(k), name -> new ArrayList<>()).add(new Use(i, k));
      }
    }
  }

  /** In the order of the operations, and of the inputs of one. */
  List<Use> of(String node) {
    return uses.getOrDefault(node, List.of());
  }
}
