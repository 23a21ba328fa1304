package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.DescriptionException;
import org.convoy.description.DescriptionException.Problem;
import org.convoy.description.Json;
import org.convoy.description.Nearest;
import org.convoy.nn.Network;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Networks as plain values, for model files and recipes:
 *
 * <pre>{@code
 * {"format": 1,
 *  "input": "1x28x28",
 *  "nodes": [
 *    {"name": "conv1", "type": "conv2d", "outChannels": 6, "kernelSize": 5, "padding": 2},
 *    {"name": "relu1", "type": "relu"},
 *    {"name": "sum", "type": "add", "inputs": ["conv1", "relu1"]}]}
 * }</pre>
 *
 * <p>A node without {@code inputs} takes the node before it, the first one the network's {@code
 * input}; the last node is the output. A node with {@code "auxiliary": 0.3} is an auxiliary output
 * whose loss counts 0.3 in training. Everything else in a node are its layer's options. A file can
 * describe any network but make nothing else happen: only registered layers are read.
 *
 * <p>A block stands for several nodes, once or {@code repeat} times, one behind the other:
 *
 * <pre>{@code
 * {"name": "layer1", "repeat": 3, "nodes": [
 *    {"name": "conv", "type": "conv2d", "outChannels": 16, "kernelSize": 3, "padding": 1},
 *    {"name": "relu", "type": "relu"},
 *    {"name": "sum", "type": "add", "inputs": ["relu", "input"]}]}
 * }</pre>
 *
 * <p>Its nodes are named {@code layer1.conv}, or {@code layer1.0.conv}, {@code layer1.1.conv} …
 * where it is repeated; inside it they go by their short names, and {@code input} is what the block
 * was given.
 */
public final class NetworkDescription {
  /** The only version there is; a reader refuses others. */
  public static final int FORMAT = 1;

  private static final List<String> KEYS = List.of("format", "input", "nodes");

  private NetworkDescription() {}

  /**
   * A network as maps, lists, texts, numbers and booleans.
   *
   * @throws IllegalArgumentException if one of its layers is not registered
   */
  public static Map<String, Object> describe(Network network) {
    List<Object> nodes = new ArrayList<>();
    String before = Network.INPUT;
    for (Network.Node node : network.nodes()) {
      nodes.add(describeNode(network, node, before));
      before = node.name();
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("input", network.inputShape().toString());
    map.put("nodes", nodes);
    return map;
  }

  private static Map<String, Object> describeNode(
      Network network, Network.Node node, String before) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(NodeReader.NAME, node.name());
    network.auxiliaries().stream()
        .filter(auxiliary -> auxiliary.node().equals(node.name()))
        .forEach(auxiliary -> map.put(NodeReader.AUXILIARY, auxiliary.weight()));
    if (!node.inputs().equals(List.of(before))) {
      map.put(NodeReader.INPUTS, node.inputs());
    }
    map.putAll(Layers.codec().describe(Layers.registry(), node.layer()));
    return map;
  }

  /** {@link #describe} as JSON. */
  public static String toJson(Network network) {
    return Json.write(describe(network));
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws DescriptionException if it does not describe a network
   */
  public static Network fromJson(String json) {
    return read(Json.parseObject(json));
  }

  /**
   * Reads what {@link #describe} made.
   *
   * @throws DescriptionException that lists all that is wrong with it, each with its node
   */
  public static Network read(Map<String, Object> described) {
    for (String key : described.keySet()) {
      if (!KEYS.contains(key)) {
        throw new DescriptionException(
            String.format(
                "unknown key '%s'%s (known: %s)",
                key, Nearest.suggestion(key, KEYS), String.join(", ", KEYS)));
      }
    }
    if (!(described.get("format") instanceof Number format) || format.doubleValue() != FORMAT) {
      throw new DescriptionException(
          String.format(
              "expected a network of format %d, got %s; read it with the version of Convoy that"
                  + " wrote it",
              FORMAT, Json.kindOf(described.get("format"))));
    }
    return readNodes(readInput(described.get("input")), described.get("nodes"));
  }

  /**
   * Reads a network's nodes alone.
   *
   * @param nodes a list as in {@link #describe}
   * @throws DescriptionException that lists all that is wrong with them
   */
  public static Network readNodes(Shape input, Object nodes) {
    if (!(nodes instanceof List<?> list)) {
      throw new DescriptionException("expected a list of nodes, got " + Json.kindOf(nodes));
    }
    Network.Builder builder = Network.builder(input);
    List<Problem> problems = new ArrayList<>();
    new NodeReader(builder, problems).readAll(list, "nodes");
    if (!problems.isEmpty()) {
      throw new DescriptionException(problems);
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new DescriptionException(e.getMessage(), e);
    }
  }

  private static Shape readInput(Object described) {
    if (!(described instanceof String text)) {
      throw new DescriptionException(
          "input: expected a shape such as \"3x32x32\", got " + Json.kindOf(described));
    }
    try {
      return Shape.parse(text);
    } catch (ShapeException e) {
      throw new DescriptionException("input: " + e.getMessage(), e);
    }
  }
}
