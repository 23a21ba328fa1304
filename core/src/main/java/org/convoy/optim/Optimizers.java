package org.convoy.optim;

import org.convoy.description.Registry;

/** The optimizers that a recipe can name. */
public final class Optimizers {
  private static final Registry<Optimizer> REGISTRY =
      new Registry<>(Optimizer.class, "optimizer")
          .add("sgd", Sgd.class)
          .add("adam", Adam.class)
          .add("adamw", AdamW.class)
          .add("rmsprop", RmsProp.class)
          .add("adagrad", Adagrad.class)
          .add("lars", Lars.class)
          .add("muon", Muon.class);

  private Optimizers() {}

  /** All of them by name. */
  public static Registry<Optimizer> registry() {
    return REGISTRY;
  }
}
