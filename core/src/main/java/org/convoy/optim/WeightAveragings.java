package org.convoy.optim;

import org.convoy.description.Registry;

/** The averages of weights that a recipe can name. */
public final class WeightAveragings {
  private static final Registry<WeightAveraging> REGISTRY =
      new Registry<>(WeightAveraging.class, "averaging")
          .add("ema", Ema.class)
          .add("lookahead", Lookahead.class);

  private WeightAveragings() {}

  /** All of them by name. */
  public static Registry<WeightAveraging> registry() {
    return REGISTRY;
  }
}
