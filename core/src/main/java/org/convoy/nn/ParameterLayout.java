package org.convoy.nn;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.Nearest;
import org.convoy.tensor.Shape;

/**
 * Where each parameter of a network lies in its one flat vector: named slices, one behind the other
 * without gaps.
 */
public final class ParameterLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Slice> slices;
  private final Map<String, Slice> byName = new LinkedHashMap<>();
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
  }

  ParameterLayout(List<Slice> slices) {
    this.slices = List.copyOf(slices);
    int end = 0;
    for (Slice slice : this.slices) {
      if (slice.offset() != end || byName.put(slice.name(), slice) != null) {
        throw new IllegalArgumentException("slice out of place or named twice: " + slice);
      }
      end = slice.end();
    }
    this.length = end;
  }

  /** All slices in the order of the vector. */
  public List<Slice> slices() {
    return slices;
  }

  /** Length of the whole vector: the network's number of parameters. */
  public int length() {
    return length;
  }

  /**
   * @throws IllegalArgumentException if there is no parameter of that name
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
