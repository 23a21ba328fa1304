package org.convoy.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/** Collects what a network's layers ask for and lays it out in one vector. */
final class LayoutBuilder {
  private final List<Wish> parameters = new ArrayList<>();
  private final List<Wish> statistics = new ArrayList<>();
  private long length;

  /** A slice that has no place yet. */
  private record Wish(String name, ParameterSpec spec) {
    ParameterLayout.Slice at(int offset) {
      return new ParameterLayout.Slice(name, spec.shape(), offset);
    }
  }

  /**
   * @throws ShapeException if the vector becomes too long for an array
   */
  void add(String node, ParameterSpec spec) {
    length += spec.shape().elementCount();
    if (length > Integer.MAX_VALUE) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "with %s %s the network has %,d parameters, more than one array can hold",
              spec.name(),
              spec.shape(),
              length));
    }
    (spec.isStatistic() ? statistics : parameters).add(new Wish(node + "." + spec.name(), spec));
  }

  ParameterLayout build() {
    int end = 0;
    List<ParameterLayout.Slice> slices = new ArrayList<>();
    for (Wish wish : parameters) {
      slices.add(wish.at(end));
      end += size(wish);
    }
    List<ParameterLayout.Statistic> running = new ArrayList<>();
    for (Wish wish : statistics) {
      double momentum = wish.spec().momentum().getAsDouble();
      running.add(new ParameterLayout.Statistic(wish.at(end), momentum));
      end += size(wish);
    }
    return new ParameterLayout(slices, running);
  }

  private static int size(Wish wish) {
    Shape shape = wish.spec().shape();
    return shape.elementCount();
  }
}
