package org.convoy.nn;

import java.util.Objects;
import java.util.OptionalDouble;
import org.convoy.tensor.Shape;

/**
 * A named slice of the flat vector that a layer asks for: a parameter, which the optimizer changes,
 * or a running statistic, which follows what training passes see.
 *
 * @param name its name inside the layer, as PyTorch has it, for example {@code weight}
 * @param shape as PyTorch has it, for example filters x channels x kernel
 * @param momentum empty for a parameter; for a statistic the share, in [0, 1], of what a step has
 *     seen: after each step statistic = (1 - momentum) statistic + momentum seen; 0 keeps it
 */
public record ParameterSpec(
    String name, Shape shape, Initializer initializer, OptionalDouble momentum) {
  public ParameterSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(initializer, "initializer");
    if (momentum.isPresent() && !(momentum.getAsDouble() >= 0 && momentum.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          name + ": momentum must be in [0, 1], got " + momentum.getAsDouble());
    }
  }

  /** A parameter, which the optimizer changes. */
  public ParameterSpec(String name, Shape shape, Initializer initializer) {
    this(name, shape, initializer, OptionalDouble.empty());
  }

  /**
   * A running statistic. The layer's backward pass adds to its {@link
   * LayerContext#parameterGradient} what the batch shows, times the number of examples; divided by
   * all examples of the step that is the mean over them.
   */
  public static ParameterSpec statistic(
      String name, Shape shape, Initializer initializer, double momentum) {
    return new ParameterSpec(name, shape, initializer, OptionalDouble.of(momentum));
  }

  /** Whether this is a running statistic and no parameter. */
  public boolean isStatistic() {
    return momentum.isPresent();
  }
}
