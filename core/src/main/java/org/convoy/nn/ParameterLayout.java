package org.convoy.nn;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.convoy.description.Nearest;
import org.convoy.tensor.Shape;

/**
 * Where each number of a network lies in its one flat vector: named slices, one behind the other
 * without gaps. The parameters come first, in the network's order; behind them, in the same order,
 * the running statistics of its normalizations, which no optimizer touches.
 */
public final class ParameterLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Slice> parameters;
  private final List<Statistic> statistics;
  private final List<Slice> slices;
  private final Map<String, Slice> byName = new LinkedHashMap<>();
  private final int parameterLength;
  private final int length;

  /**
   * A named piece of the vector.
   *
   * @param name node and parameter, for example {@code conv1.weight}
   * @param offset index of the first element
   */
  public record Slice(String name, Shape shape, int offset) implements Serializable {
    /** Number of elements. */
    public int length() {
      return shape.elementCount();
    }

    /** Index behind the last element. */
    public int end() {
      return offset + length();
    }

    /** Name of the node that it belongs to. */
    public String node() {
      return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
  }

  /**
   * A running statistic.
   *
   * @param momentum share of what a step has seen, in [0, 1]
   */
  public record Statistic(Slice slice, double momentum) implements Serializable {
    /**
     * Moves it after a step.
     *
     * @param values of the layout; this statistic is changed
     * @param seen of the layout; this statistic is the mean over the step's examples
     */
    public void update(float[] values, float[] seen) {
      float share = (float) momentum;
      if (share == 0) {
        return;
      }
      for (int i = slice.offset(); i < slice.end(); i++) {
        values[i] = Math.fma(share, seen[i] - values[i], values[i]);
      }
    }
  }

  ParameterLayout(List<Slice> parameters, List<Statistic> statistics) {
    this.parameters = List.copyOf(parameters);
    this.statistics = List.copyOf(statistics);
    this.slices =
        Stream.concat(parameters.stream(), statistics.stream().map(Statistic::slice)).toList();
    int end = 0;
    for (Slice slice : slices) {
      if (slice.offset() != end || byName.put(slice.name(), slice) != null) {
        throw new IllegalArgumentException("slice out of place or named twice: " + slice);
      }
      end = slice.end();
    }
    this.length = end;
    this.parameterLength = statistics.isEmpty() ? end : statistics.get(0).slice().offset();
  }

  /** All slices in the order of the vector: the parameters, then the statistics. */
  public List<Slice> slices() {
    return slices;
  }

  /** The slices that an optimizer changes, in the order of the vector. */
  public List<Slice> parameters() {
    return parameters;
  }

  /** The slices behind the parameters. */
  public List<Statistic> statistics() {
    return statistics;
  }

  /** Length of the whole vector. */
  public int length() {
    return length;
  }

  /** Length of the part that an optimizer changes: the network's number of parameters. */
  public int parameterLength() {
    return parameterLength;
  }

  /**
   * Moves the running statistics after a step.
   *
   * @param values of this layout; its statistics are changed
   * @param seen of this layout; its statistics are the means over the step's examples
   */
  public void updateStatistics(float[] values, float[] seen) {
    statistics.forEach(statistic -> statistic.update(values, seen));
  }

  /**
   * @throws IllegalArgumentException if there is no slice of that name
   */
  public Slice slice(String name) {
    Slice slice = byName.get(name);
    if (slice == null) {
      throw new IllegalArgumentException(
          "no parameter '" + name + "'" + Nearest.suggestion(name, byName.keySet()));
    }
    return slice;
  }
}
