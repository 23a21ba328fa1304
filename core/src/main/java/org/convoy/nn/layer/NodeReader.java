package org.convoy.nn.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.DescriptionException;
import org.convoy.description.DescriptionException.Problem;
import org.convoy.description.Json;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;

/** Adds described nodes and blocks of nodes to a network; see {@link NetworkDescription}. */
final class NodeReader {
  static final String NAME = "name";
  static final String INPUTS = "inputs";
  static final String AUXILIARY = "auxiliary";
  private static final String NODES = "nodes";
  private static final String REPEAT = "repeat";
  private static final int MOST_REPEATS = 10_000;

  private final Network.Builder builder;
  private final List<Problem> problems;

  /**
   * Where names are looked up: a block's own nodes by their short names, then those around it.
   *
   * @param prefix of the names of the block's nodes
   * @param input what {@code input} means inside
   * @param around the block that this one is in; null outside all blocks
   */
  private record Scope(String prefix, String input, Scope around) {
    String resolve(String name, Network.Builder builder) {
      if (name.equals(Network.INPUT)) {
        return input;
      }
      for (Scope scope = this; scope != null; scope = scope.around) {
        if (builder.contains(scope.prefix + name)) {
          return scope.prefix + name;
        }
      }
      return prefix + name;
    }
  }

  NodeReader(Network.Builder builder, List<Problem> problems) {
    this.builder = builder;
    this.problems = problems;
  }

  /** Adds all nodes of a list and notes what is wrong with each. */
  void readAll(List<?> nodes, String place) {
    readAll(nodes, place, new Scope("", Network.INPUT, null));
  }

  private void readAll(List<?> nodes, String place, Scope scope) {
    for (int i = 0; i < nodes.size(); i++) {
      try {
        read(nodes.get(i), place + "[" + i + "]", scope);
      } catch (DescriptionException e) {
        problems.addAll(e.problems());
      }
    }
  }

  private void read(Object described, String place, Scope scope) {
    if (!(described instanceof Map<?, ?> map)) {
      throw new DescriptionException(
          place + ": expected named fields, got " + Json.kindOf(described));
    }
    Map<String, Object> options = new LinkedHashMap<>();
    map.forEach((key, value) -> options.put(String.valueOf(key), value));
    if (!(options.remove(NAME) instanceof String name)) {
      throw new DescriptionException(place + ": 'name' is missing; expected a text");
    }
    String[] inputs = readInputs(options.remove(INPUTS), name, scope);
    if (options.containsKey(NODES) && !options.containsKey("type")) {
      readBlock(options, name, inputs, place, scope);
    } else {
      readNode(options, name, inputs, place, scope);
    }
  }

  private void readNode(
      Map<String, Object> options, String name, String[] inputs, String place, Scope scope) {
    Object auxiliary = options.remove(AUXILIARY);
    Layer layer = Layers.codec().read(Layers.registry(), options, name);
    try {
      builder.add(scope.prefix() + name, layer, inputs);
      if (auxiliary != null) {
        builder.auxiliary(readWeight(auxiliary, name));
      }
    } catch (IllegalArgumentException e) {
      throw new DescriptionException(place + ": " + e.getMessage(), e);
    }
  }

  private void readBlock(
      Map<String, Object> options, String name, String[] inputs, String place, Scope scope) {
    Object nodes = options.remove(NODES);
    Object repeat = options.remove(REPEAT);
    if (!(nodes instanceof List<?> list) || list.isEmpty()) {
      throw new DescriptionException(
          place + ".nodes: expected a list of nodes, got " + Json.kindOf(nodes));
    }
    if (!options.isEmpty()) {
      throw new DescriptionException(
          place + ": a block has name, nodes, repeat and inputs, got also " + options.keySet());
    }
    if (inputs.length > 1) {
      throw new DescriptionException(place + ".inputs: a block has one input");
    }
    String input = inputs.length == 1 ? inputs[0] : builder.last();
    int times = repeat == null ? 1 : readRepeat(repeat, place);
    for (int i = 0; i < times; i++) {
      String prefix = scope.prefix() + name + "." + (repeat == null ? "" : i + ".");
      try {
        builder.from(input);
      } catch (IllegalArgumentException e) {
        throw new DescriptionException(place + ": " + e.getMessage(), e);
      }
      readAll(list, place + ".nodes", new Scope(prefix, input, scope));
      input = builder.last();
    }
  }

  private String[] readInputs(Object described, String node, Scope scope) {
    if (described == null) {
      return new String[0];
    }
    if (!(described instanceof List<?> names)
        || names.isEmpty()
        || !names.stream().allMatch(String.class::isInstance)) {
      throw new DescriptionException(
          node + ".inputs: expected a list of nodes' names, got " + Json.kindOf(described));
    }
    return names.stream()
        .map(source -> scope.resolve((String) source, builder))
        .toArray(String[]::new);
  }

  private static double readWeight(Object described, String node) {
    if (!(described instanceof Number weight)) {
      throw new DescriptionException(
          node + ".auxiliary: expected the weight of its loss, got " + Json.kindOf(described));
    }
    return weight.doubleValue();
  }

  private static int readRepeat(Object described, String place) {
    if (described instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 1
        && number.intValue() <= MOST_REPEATS) {
      return number.intValue();
    }
    throw new DescriptionException(
        place
            + ".repeat: expected a whole number of 1 to "
            + MOST_REPEATS
            + ", got "
            + Json.kindOf(described));
  }
}
