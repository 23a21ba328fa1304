package org.convoy.visual.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.convoy.nn.Network;
import org.convoy.nn.NetworkSummary;
import org.convoy.tensor.Shape;

/**
 * A network's boxes and which takes which one's output, by their numbers. A node joins the box
 * before it if it is that box's only consumer, has no other input and keeps its shape without
 * multiplying: normalization, activation, dropout.
 *
 * @param boxes each after those that it takes from; the network's input is the first
 * @param sources for each box the numbers of those that it takes from
 */
record BoxGraph(List<Box> boxes, List<Set<Integer>> sources) {
  private static final String INPUT_COLOR = "#d65f5f";

  static BoxGraph of(Network network) {
    return new Builder(network).build();
  }

  /**
   * The block that a node's name puts it in: {@code layer1.0} of {@code layer1.0.conv1}, {@code
   * inception3a} of {@code inception3a.branch2.0.conv}; none of {@code fc}.
   */
  static String groupOf(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length == 1) {
      return "";
    }
    boolean numbered = parts.length > 2 && parts[1].matches("[0-9]+");
    return numbered ? parts[0] + "." + parts[1] : parts[0];
  }

  /** The state of going through a network. */
  private static final class Builder {
    private final Network network;
    private final Map<String, NetworkSummary.Row> rows = new HashMap<>();
    private final Map<String, Integer> consumers = new HashMap<>();
    private final Set<String> groups = new HashSet<>();
    private final Map<String, Integer> boxOf = new LinkedHashMap<>();
    private final List<List<Network.Node>> members = new ArrayList<>();
    private final List<Set<Integer>> sources = new ArrayList<>();

    Builder(Network network) {
      this.network = network;
      network.summary().rows().forEach(row -> rows.put(row.name(), row));
      for (Network.Node node : network.nodes()) {
        node.inputs().forEach(input -> consumers.merge(input, 1, Integer::sum));
        groups.add(groupOf(node.name()));
      }
    }

    /** A node that is called like a block belongs to it: what its branches end in. */
    private String group(String name) {
      return groups.contains(name) ? name : groupOf(name);
    }

    BoxGraph build() {
      boxOf.put(Network.INPUT, 0);
      sources.add(new LinkedHashSet<>());
      for (Network.Node node : network.nodes()) {
        int box = joins(node) ? boxOf.get(node.inputs().get(0)) : addBox(node);
        members.get(box - 1).add(node);
        boxOf.put(node.name(), box);
      }
      List<Box> boxes = new ArrayList<>();
      boxes.add(inputBox());
      members.forEach(nodes -> boxes.add(box(nodes)));
      return new BoxGraph(List.copyOf(boxes), List.copyOf(sources));
    }

    private int addBox(Network.Node node) {
      Set<Integer> from = new LinkedHashSet<>();
      node.inputs().forEach(input -> from.add(boxOf.get(input)));
      sources.add(from);
      members.add(new ArrayList<>());
      return members.size();
    }

    private boolean joins(Network.Node node) {
      String input = node.inputs().get(0);
      return node.inputs().size() == 1
          && !input.equals(Network.INPUT)
          && consumers.get(input) == 1
          && rows.get(node.name()).multiplyAdds() == 0
          && network.shapeOf(node.name()).equals(network.shapeOf(input))
          && group(node.name()).equals(group(input))
          && !LayerText.of(node.layer()).contains("Pool");
    }

    private Box inputBox() {
      Box.Line line = new Box.Line(Network.INPUT, Network.INPUT, "", "");
      return new Box("", List.of(line), network.inputShape(), INPUT_COLOR);
    }

    private Box box(List<Network.Node> nodes) {
      Network.Node first = nodes.get(0);
      String group = group(first.name());
      Shape output = network.shapeOf(nodes.get(nodes.size() - 1).name());
      List<Box.Line> lines = nodes.stream().map(node -> line(node, group)).toList();
      return new Box(group, lines, output, LayerText.color(network, first));
    }

    private Box.Line line(Network.Node node, String group) {
      boolean whole = group.isEmpty() || node.name().equals(group);
      String name = whole ? node.name() : node.name().substring(group.length() + 1);
      long parameters = rows.get(node.name()).parameters();
      String count = parameters == 0 ? "" : String.format(Locale.ROOT, "%,d", parameters);
      return new Box.Line(node.name(), name, LayerText.of(node.layer()), count);
    }
  }
}
