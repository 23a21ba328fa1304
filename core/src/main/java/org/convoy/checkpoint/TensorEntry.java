package org.convoy.checkpoint;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a safetensors file says about one of its tensors.
 *
 * @param shape sizes of the axes, outermost first; none for a single number; a size may be 0
 * @param begin first byte, counted from the first byte of all data
 * @param end byte after the last
 */
public record TensorEntry(String name, DataType type, List<Long> shape, long begin, long end) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public long elementCount() {
    return (end - begin) / type.bytes();
  }

  /** The shape as this project writes shapes, {@code scalar} without axes. */
  public String shapeText() {
    return shape.isEmpty()
        ? "scalar"
        : shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
