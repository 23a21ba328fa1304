package org.convoy.nn.init;

import org.convoy.description.Registry;
import org.convoy.nn.Initializer;

/** The initializers that a recipe or a model file can name. */
public final class Initializers {
  private static final Registry<Initializer> REGISTRY =
      new Registry<>(Initializer.class, "initializer")
          .add("fan-in-uniform", FanInUniform.class)
          .add("he-normal", HeNormal.class)
          .add("he-uniform", HeUniform.class)
          .add("glorot-normal", GlorotNormal.class)
          .add("glorot-uniform", GlorotUniform.class)
          .add("normal", Normal.class)
          .add("uniform", Uniform.class)
          .add("dirac", Dirac.class)
          .add("constant", Constant.class)
          .add("zeros", Zeros.class)
          .add("kernels", FixedKernels.class);

  private Initializers() {}

  /** All of them by name. */
  public static Registry<Initializer> registry() {
    return REGISTRY;
  }
}
