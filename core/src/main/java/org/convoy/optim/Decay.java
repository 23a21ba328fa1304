package org.convoy.optim;

/** Weight decay that does not pass through the gradient. */
final class Decay {
  private Decay() {}

  /** p = (1 - rate * decay) * p, where the decay is the slice's or else the optimizer's. */
  static void shrink(float[] parameters, ParameterRate slice, double rate, double ofOptimizer) {
    double decay = slice.weightDecay(ofOptimizer);
    if (decay == 0) {
      return;
    }
    float kept = (float) (1 - rate * decay);
    for (int i = slice.begin(); i < slice.end(); i++) {
      parameters[i] *= kept;
    }
  }
}
