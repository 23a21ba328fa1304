package org.convoy.augment;

import org.convoy.description.Registry;

/** The mixings that a recipe can name. */
public final class Mixings {
  private static final Registry<Mixing> REGISTRY =
      new Registry<>(Mixing.class, "mixing").add("mixup", Mixup.class).add("cutmix", CutMix.class);

  private Mixings() {}

  /** All of them by name. */
  public static Registry<Mixing> registry() {
    return REGISTRY;
  }
}
