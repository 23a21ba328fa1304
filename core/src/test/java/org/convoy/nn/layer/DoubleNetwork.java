package org.convoy.nn.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.convoy.nn.Layer;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.Parameters;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * A training pass of a whole network in double precision, by the formulas of {@link
 * DoubleReferences}. After a parameter was moved, only what depends on it is computed again.
 */
public final class DoubleNetwork {
  private final Network network;
  private final List<RandomKey> keys;
  private final Map<String, double[]> parameters = new HashMap<>();
  private final Map<String, double[]> outputs = new HashMap<>();

  /**
   * Runs the network.
   *
   * @param keys of the examples, as in {@link org.convoy.nn.Execution#forward}
   */
  public DoubleNetwork(Network network, Parameters values, Tensor input, List<RandomKey> keys) {
    this.network = network;
    this.keys = List.copyOf(keys);
    for (ParameterLayout.Slice slice : network.layout().slices()) {
      parameters.put(slice.name(), doubles(values.get(slice.name())));
    }
    outputs.put(Network.INPUT, doubles(input));
    network.nodes().forEach(node -> outputs.put(node.name(), run(node, outputs)));
  }

  public Network network() {
    return network;
  }

  /** What a node gave: all examples, one behind the other. */
  public double[] output(String node) {
    return outputs.get(node);
  }

  /** What nodes would give if one element of a parameter were larger by {@code shift}. */
  public Map<String, double[]> shifted(String parameter, int element, double shift) {
    double[] values = parameters.get(parameter);
    double before = values[element];
    values[element] = before + shift;
    Map<String, double[]> changed = new HashMap<>(outputs);
    Set<String> dirty = new HashSet<>();
    for (Network.Node node : network.nodes()) {
      boolean owns =
          parameter.startsWith(node.name() + ".")
              && parameter.indexOf('.', node.name().length() + 1) < 0;
      if (owns || node.inputs().stream().anyMatch(dirty::contains)) {
        dirty.add(node.name());
        changed.put(node.name(), run(node, changed));
      }
    }
    values[element] = before;
    return changed;
  }

  private double[] run(Network.Node node, Map<String, double[]> from) {
    Layer layer = node.layer();
    List<Shape> shapes = network.inputShapes(node);
    List<double[]> inputs = node.inputs().stream().map(from::get).toList();
    Map<String, double[]> own = new LinkedHashMap<>();
    for (ParameterSpec spec : layer.parameters(shapes)) {
      own.put(spec.name(), parameters.get(node.name() + "." + spec.name()));
    }
    if (layer.mixesBatch()) {
      List<Shape> batches = shapes.stream().map(shape -> shape.prepend(keys.size())).toList();
      return DoubleReferences.of(
          new DoubleReference.Call(layer, batches, inputs, own, keys.get(0).with(node.name())));
    }
    return perExample(node, shapes, inputs, own);
  }

  private double[] perExample(
      Network.Node node, List<Shape> shapes, List<double[]> inputs, Map<String, double[]> own) {
    int length = network.shapeOf(node.name()).elementCount();
    double[] batch = new double[keys.size() * length];
    for (int n = 0; n < keys.size(); n++) {
      List<double[]> example = new ArrayList<>();
      for (int k = 0; k < inputs.size(); k++) {
        int size = shapes.get(k).elementCount();
        double[] one = new double[size];
        System.arraycopy(inputs.get(k), n * size, one, 0, size);
        example.add(one);
      }
      RandomKey key = keys.get(n).with(node.name());
      double[] result =
          DoubleReferences.of(new DoubleReference.Call(node.layer(), shapes, example, own, key));
      System.arraycopy(result, 0, batch, n * length, length);
    }
    return batch;
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.data()[tensor.offset() + i];
    }
    return values;
  }
}
