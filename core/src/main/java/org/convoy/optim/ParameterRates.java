package org.convoy.optim;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.ParameterLayout.Slice;

/**
 * What each parameter of a layout gets of a step: {@link ParameterGroups}, resolved. Every
 * parameter is either among the learning or among the frozen ones.
 */
public final class ParameterRates {
  private final ParameterLayout layout;
  private final List<ParameterRate> learning;
  private final List<Slice> frozen;

  ParameterRates(ParameterLayout layout, List<ParameterRate> learning, List<Slice> frozen) {
    this.layout = layout;
    this.learning = List.copyOf(learning);
    this.frozen = List.copyOf(frozen);
  }

  /** All parameters alike. */
  public static ParameterRates alike(ParameterLayout layout) {
    return ParameterGroups.ALIKE.resolve(layout);
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** The parameters that an optimizer changes, in the order of the vector. */
  public List<ParameterRate> learning() {
    return learning;
  }

  /** The parameters that nothing changes, in the order of the vector. */
  public List<Slice> frozen() {
    return frozen;
  }

  /**
   * The nodes that have parameters of which none learns. Below the lowest other one nothing has to
   * be computed backward.
   */
  public Set<String> frozenNodes() {
    if (frozen.isEmpty()) {
      return Set.of();
    }
    Set<String> nodes = new LinkedHashSet<>();
    frozen.forEach(slice -> nodes.add(slice.node()));
    learning.forEach(rate -> nodes.remove(rate.slice().node()));
    return nodes;
  }

  /** For optimizers that leave some parameters to another: only those that fulfil a condition. */
  ParameterRates only(Predicate<ParameterRate> condition) {
    return new ParameterRates(layout, learning.stream().filter(condition).toList(), frozen);
  }

  /**
   * Makes the gradient of frozen parameters zero, so that it takes no part in the gradient's norm.
   *
   * @param gradient as long as the layout; changed in place
   */
  public void clearFrozen(float[] gradient) {
    for (Slice slice : frozen) {
      Arrays.fill(gradient, slice.offset(), slice.end(), 0);
    }
  }

  /**
   * Moves the running statistics after a step, but those of frozen nodes, which look at nothing.
   *
   * @param values as long as the layout; its statistics are changed
   * @param seen as long as the layout; its statistics are the means over the step's examples
   */
  public void updateStatistics(float[] values, float[] seen) {
    Set<String> resting = frozenNodes();
    for (ParameterLayout.Statistic statistic : layout.statistics()) {
      if (!resting.contains(statistic.slice().node())) {
        statistic.update(values, seen);
      }
    }
  }
}
