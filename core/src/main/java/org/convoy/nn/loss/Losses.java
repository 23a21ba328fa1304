package org.convoy.nn.loss;

import java.util.List;
import org.convoy.description.RecordCodec;
import org.convoy.description.Registry;
import org.convoy.nn.Loss;

/** The losses that a recipe can name. */
public final class Losses {
  private static final Registry<Loss> REGISTRY =
      new Registry<>(Loss.class, "loss")
          .add("cross-entropy", CrossEntropy.class)
          .add("binary-cross-entropy", BinaryCrossEntropy.class)
          .add("mean-squared-error", MeanSquaredError.class)
          .add("smooth-l1", SmoothL1.class)
          .add("weighted-heads", WeightedHeads.class);

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
