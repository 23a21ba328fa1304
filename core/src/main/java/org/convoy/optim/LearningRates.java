package org.convoy.optim;

import org.convoy.description.Registry;

/** The learning-rate schedules that a recipe can name. */
public final class LearningRates {
  private static final Registry<LearningRate> REGISTRY =
      new Registry<>(LearningRate.class, "learning-rate schedule")
          .add("constant", ConstantRate.class)
          .add("step", StepDecay.class)
          .add("multistep", MultiStepDecay.class)
          .add("exponential", ExponentialDecay.class)
          .add("polynomial", PolynomialDecay.class)
          .add("cosine", CosineDecay.class)
          .add("one-cycle", OneCycle.class);

  private LearningRates() {}

  /** All of them by name. */
  public static Registry<LearningRate> registry() {
    return REGISTRY;
  }
}
