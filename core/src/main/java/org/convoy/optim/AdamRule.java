package org.convoy.optim;

import org.convoy.nn.ParameterLayout;

/** One step of Adam, with what all slices share; {@link Adam} says the formulas. */
final class AdamRule {
  private static final String MEAN = "exp_avg";
  private static final String SQUARES = "exp_avg_sq";
  private static final String LARGEST = "max_exp_avg_sq";

  private final double beta1;
  private final double beta2;
  private final double eps;
  private final double meanCorrection;
  private final double squareCorrection;
  private final float[] mean;
  private final float[] squares;
  private final float[] largest;

  AdamRule(double beta1, double beta2, double eps, boolean amsgrad, OptimizerState state) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.eps = eps;
    double step = state.stepCount() + 1.0;
    this.meanCorrection = 1 - StrictMath.pow(beta1, step);
    this.squareCorrection = 1 - StrictMath.pow(beta2, step);
    this.mean = state.vector(MEAN);
    this.squares = state.vector(SQUARES);
    this.largest = amsgrad ? state.vector(LARGEST) : null;
  }

  static OptimizerState newState(ParameterLayout layout, boolean amsgrad) {
    return amsgrad
        ? OptimizerState.zeros(layout, MEAN, SQUARES, LARGEST)
        : OptimizerState.zeros(layout, MEAN, SQUARES);
  }

  static void check(String name, double beta1, double beta2, double eps, double weightDecay) {
    Range.below(name + ": beta1", beta1, 0, 1);
    Range.below(name + ": beta2", beta2, 0, 1);
    Range.positive(name + ": eps", eps);
    Range.atLeastZero(name + ": weightDecay", weightDecay);
  }

  /**
   * Moves one slice.
   *
   * @param decay times the parameter is added to the gradient
   */
  void update(
      float[] parameters, float[] gradient, ParameterRate slice, double rate, double decay) {
    int begin = slice.begin();
    int end = slice.end();
    float decayed = (float) decay;
    float kept = (float) beta1;
    float added = (float) (1 - beta1);
    float keptSquares = (float) beta2;
    float addedSquares = (float) (1 - beta2);
    for (int i = begin; i < end; i++) {
      float direction = Math.fma(decayed, parameters[i], gradient[i]);
      mean[i] = Math.fma(kept, mean[i], added * direction);
      squares[i] = Math.fma(addedSquares * direction, direction, keptSquares * squares[i]);
    }
    if (largest == null) {
      follow(parameters, squares, begin, end, rate);
    } else {
      for (int i = begin; i < end; i++) {
        largest[i] = Math.max(largest[i], squares[i]);
      }
      follow(parameters, largest, begin, end, rate);
    }
  }

  private void follow(float[] parameters, float[] scale, int begin, int end, double rate) {
    float step = (float) (-rate / meanCorrection);
    float root = (float) StrictMath.sqrt(squareCorrection);
    float small = (float) eps;
    for (int i = begin; i < end; i++) {
      float divisor = (float) Math.sqrt(scale[i]) / root + small;
      parameters[i] = Math.fma(step, mean[i] / divisor, parameters[i]);
    }
  }
}
