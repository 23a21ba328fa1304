package org.convoy.bench.step;

import java.util.Arrays;
import java.util.Locale;

/** What an iteration does. */
public enum Mode {
  /** Zero gradients, forward, loss, backward, the update of SGD with momentum 0.9. */
  TRAIN,
  /** The forward pass of a network that is done learning. */
  INFER;

  /** As it is written in options and results. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no such mode
   */
  static Mode of(String label) {
    return Arrays.stream(values())
        .filter(mode -> mode.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown mode '" + label + "' (known: train, infer, and both)"));
  }
}
