package org.convoy.optim;

import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.convoy.description.Default;

/**
 * What some of a network's parameters get instead of the usual step.
 *
 * @param match patterns over parameter names such as {@code conv1.weight}, at least one: {@code *}
 *     is any text, {@code ?} any one character
 * @param learningRateFactor multiplies the step's learning rate, at least 0
 * @param weightDecay at least 0; takes the place of the optimizer's
 * @param frozen whether the parameters keep their values to the last bit
 */
public record ParameterGroup(
    List<String> match,
    @Default("1") double learningRateFactor,
    Optional<Double> weightDecay,
    @Default("false") boolean frozen)
    implements Serializable {
  public ParameterGroup {
    match = List.copyOf(match);
    if (match.isEmpty() || match.contains("")) {
      throw new IllegalArgumentException(
          "parameter group: match needs at least one pattern such as \"conv1.*\", none of them"
              + " empty, got "
              + match);
    }
    Range.atLeastZero("parameter group: learningRateFactor", learningRateFactor);
    weightDecay.ifPresent(decay -> Range.atLeastZero("parameter group: weightDecay", decay));
  }

  /** Parameters that keep their values. */
  public static ParameterGroup frozen(List<String> match) {
    return new ParameterGroup(match, 1, Optional.empty(), true);
  }

  /** Parameters that learn faster or slower than the others. */
  public static ParameterGroup faster(double learningRateFactor, String... match) {
    return new ParameterGroup(List.of(match), learningRateFactor, Optional.empty(), false);
  }

  boolean matches(String parameter) {
    return match.stream().anyMatch(pattern -> Glob.matches(pattern, parameter));
  }

  /** An {@code Optional} cannot be serialized; null takes its place on the way. */
  private Object writeReplace() throws ObjectStreamException {
    return new Traveling(match, learningRateFactor, weightDecay.orElse(null), frozen);
  }

  private record Traveling(
      List<String> match, double learningRateFactor, Double weightDecay, boolean frozen)
      implements Serializable {
    private Object readResolve() throws ObjectStreamException {
      return new ParameterGroup(
          match, learningRateFactor, Optional.ofNullable(weightDecay), frozen);
    }
  }
}
