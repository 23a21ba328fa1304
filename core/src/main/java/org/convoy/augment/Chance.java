package org.convoy.augment;

/** Whether something happens at all. */
final class Chance {
  /** A draw that no augmentation uses for anything else. */
  private static final long DRAW = -1;

  private Chance() {}

  static void require(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1], got " + probability);
    }
  }

  static boolean happens(DrawContext context, double probability) {
    return context.key().uniform(DRAW) < probability;
  }
}
