package org.convoy.nn;

import java.util.Objects;
import org.convoy.tensor.Shape;

/**
 * A parameter that a layer asks for.
 *
 * @param name its name inside the layer, as PyTorch has it, for example {@code weight}
 * @param shape as PyTorch has it, for example filters x channels x kernel
 */
public record ParameterSpec(String name, Shape shape, Initializer initializer) {
  public ParameterSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(initializer, "initializer");
  }
}
