package org.convoy.onnx.importing;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.convoy.nn.Network;
import org.convoy.onnx.format.OnnxNode;

/**
 * What the nodes of an imported network are called: as their weight, {@code layer1.0.conv1} for
 * {@code layer1.0.conv1.weight}; else as the ONNX node; else by operator and number.
 */
final class NodeNames {
  private static final String WEIGHT = ".weight";

  private final Set<String> taken = new HashSet<>(Set.of(Network.INPUT));

  String of(OnnxNode node) {
    List<String> inputs = node.inputs();
    if (inputs.size() > 1 && inputs.get(1).endsWith(WEIGHT)) {
      String weight = inputs.get(1);
      return unique(weight.substring(0, weight.length() - WEIGHT.length()), "");
    }
    return node.name().isEmpty()
        ? unique(node.operator().toLowerCase(Locale.ROOT), "1")
        : unique(node.name(), "");
  }

  /** The name, made of what a network allows, with a number if it is taken. */
  String unique(String wanted, String firstNumber) {
    String clean = wanted.replaceAll("[^A-Za-z0-9_.-]+", ".").replaceAll("^\\.+|\\.+$", "");
    String base = clean.isEmpty() ? "node" : clean;
    String name = base + firstNumber;
    for (int i = 2; !taken.add(name); i++) {
      name = firstNumber.isEmpty() ? base + "." + i : base + i;
    }
    return name;
  }
}
