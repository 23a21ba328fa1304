package org.convoy.nn.loss;

import java.util.List;
import org.convoy.description.RecordCodec;
import org.convoy.description.Registry;
import org.convoy.nn.Loss;

/** The losses that a recipe can name. */
public final class Losses {
  private static final Registry<Loss> REGISTRY =
      new Registry<>(Loss.class, "loss").add("cross-entropy", CrossEntropy.class);

  private static final RecordCodec CODEC = new RecordCodec(List.of(REGISTRY));

  private Losses() {}

  /** All of them by name. */
  public static Registry<Loss> registry() {
    return REGISTRY;
  }

  /** Reads and writes their descriptions. */
  public static RecordCodec codec() {
    return CODEC;
  }
}
