package org.convoy.optim;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.ParameterLayout.Slice;

/**
 * How a network's parameters differ in a step. A parameter belongs to the first group that matches
 * its name; those of no group get the optimizer's usual step.
 *
 * @param groups in the order in which they are asked
 * @param decayBias false leaves biases, and the scale and shift of normalizations, undecayed where
 *     their group does not say otherwise (Goyal et al. 2017)
 */
public record ParameterGroups(List<ParameterGroup> groups, boolean decayBias)
    implements Serializable {
  /** All parameters alike. */
  public static final ParameterGroups ALIKE = new ParameterGroups(List.of(), true);

  public ParameterGroups {
    groups = List.copyOf(groups);
  }

  /** These groups; biases decay as all other parameters do. */
  public static ParameterGroups of(ParameterGroup... groups) {
    return new ParameterGroups(List.of(groups), true);
  }

  /**
   * The same groups behind one of frozen parameters.
   *
   * @param match patterns as in {@link ParameterGroup}; none freezes nothing
   */
  public ParameterGroups withFrozen(List<String> match) {
    if (match.isEmpty()) {
      return this;
    }
    List<ParameterGroup> all = new ArrayList<>();
    all.add(ParameterGroup.frozen(match));
    all.addAll(groups);
    return new ParameterGroups(all, decayBias);
  }

  /**
   * What each parameter of a layout gets.
   *
   * @throws IllegalArgumentException if a pattern matches no parameter, with the nearest ones, or
   *     if nothing is left to learn
   */
  public ParameterRates resolve(ParameterLayout layout) {
    List<String> names = layout.parameters().stream().map(Slice::name).toList();
    for (ParameterGroup group : groups) {
      group.match().forEach(pattern -> Glob.matching(pattern, names));
    }
    List<ParameterRate> rates = new ArrayList<>();
    List<Slice> frozen = new ArrayList<>();
    for (Slice slice : layout.parameters()) {
      Optional<ParameterGroup> group = groupOf(slice.name());
      if (group.isPresent() && group.get().frozen()) {
        frozen.add(slice);
      } else {
        rates.add(rate(slice, group, isBiasOrNormalization(slice, layout)));
      }
    }
    if (rates.isEmpty() && !names.isEmpty()) {
      throw new IllegalArgumentException(
          "all " + names.size() + " parameters of the network are frozen; leave some to learn");
    }
    return new ParameterRates(layout, rates, frozen);
  }

  private Optional<ParameterGroup> groupOf(String parameter) {
    return groups.stream().filter(group -> group.matches(parameter)).findFirst();
  }

  private ParameterRate rate(Slice slice, Optional<ParameterGroup> group, boolean isBias) {
    Optional<Double> decay = group.flatMap(ParameterGroup::weightDecay);
    return new ParameterRate(
        slice,
        group.map(ParameterGroup::learningRateFactor).orElse(1.0),
        decay.isEmpty() && isBias && !decayBias ? Optional.of(0.0) : decay,
        isBias);
  }

  /**
   * Whether a parameter has a single axis, is named a bias, or has the shape of its node's bias, as
   * the scale of a layer normalization has.
   */
  private static boolean isBiasOrNormalization(Slice slice, ParameterLayout layout) {
    String bias = slice.node() + ".bias";
    return slice.shape().rank() <= 1
        || layout.parameters().stream()
            .filter(other -> other.name().equals(bias))
            .anyMatch(other -> other.shape().equals(slice.shape()));
  }
}
