package org.convoy.optim;

import org.convoy.description.Default;
import org.convoy.nn.ParameterLayout;

/**
 * Stochastic gradient descent as PyTorch has it: with d = gradient + weightDecay * p,
 *
 * <pre>
 *   v = d                                      in the first step
 *   v = momentum * v + (1 - dampening) * d     afterwards
 *   p = p - learningRate * v                   or, with nesterov,
 *   p = p - learningRate * (d + momentum * v)
 * </pre>
 *
 * The learning rate is outside v, so a change of rate takes effect at once. Computed in float,
 * element by element, every product that is added fused ({@code Math.fma}).
 *
 * @param momentum 0 (none) to below 1
 * @param dampening 0 to 1
 * @param weightDecay at least 0; an L2 term in the gradient, so it passes through the momentum
 * @param nesterov Nesterov's look-ahead, Sutskever et al. 2013; needs momentum and no dampening
 */
public record Sgd(
    @Default("0") double momentum,
    @Default("0") double dampening,
    @Default("0") double weightDecay,
    @Default("false") boolean nesterov)
    implements Optimizer {
  private static final String VELOCITY = "momentum";

  public Sgd {
    Range.below("sgd: momentum", momentum, 0, 1);
    Range.within("sgd: dampening", dampening, 0, 1);
    Range.atLeastZero("sgd: weightDecay", weightDecay);
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          String.format(
              "sgd: nesterov needs a momentum above 0 and a dampening of 0, got momentum %s and"
                  + " dampening %s",
              momentum, dampening));
    }
  }

  /** Without momentum and weight decay. */
  public static Sgd plain() {
    return withMomentum(0);
  }

  /** Momentum without dampening or weight decay. */
  public static Sgd withMomentum(double momentum) {
    return new Sgd(momentum, 0, 0, false);
  }

  @Override
  public OptimizerState newState(ParameterLayout layout) {
    return momentum == 0 ? OptimizerState.zeros(layout) : OptimizerState.zeros(layout, VELOCITY);
  }

  @Override
  public void step(
      float[] parameters,
      float[] gradient,
      double learningRate,
      OptimizerState state,
      ParameterRates rates) {
    state.requireFit(parameters, gradient, rates.layout());
    float[] velocity = momentum == 0 ? null : state.vector(VELOCITY);
    boolean first = state.stepCount() == 0;
    for (ParameterRate slice : rates.learning()) {
      float rate = (float) slice.learningRate(learningRate);
      float decay = (float) slice.weightDecay(weightDecay);
      if (velocity == null) {
        descend(parameters, gradient, slice.begin(), slice.end(), rate, decay);
      } else {
        accumulate(velocity, parameters, gradient, slice.begin(), slice.end(), first, decay);
        followVelocity(parameters, gradient, velocity, slice.begin(), slice.end(), rate, decay);
      }
    }
    state.countStep();
  }

  private static void descend(
      float[] parameters, float[] gradient, int begin, int end, float rate, float decay) {
    for (int i = begin; i < end; i++) {
      float direction = Math.fma(decay, parameters[i], gradient[i]);
      parameters[i] = Math.fma(-rate, direction, parameters[i]);
    }
  }

  private void accumulate(
      float[] velocity,
      float[] parameters,
      float[] gradient,
      int begin,
      int end,
      boolean first,
      float decay) {
    float kept = first ? 0 : (float) momentum;
    float added = first ? 1 : (float) (1 - dampening);
    for (int i = begin; i < end; i++) {
      float direction = Math.fma(decay, parameters[i], gradient[i]);
      velocity[i] = Math.fma(kept, velocity[i], added * direction);
    }
  }

  private void followVelocity(
      float[] parameters,
      float[] gradient,
      float[] velocity,
      int begin,
      int end,
      float rate,
      float decay) {
    if (nesterov) {
      float ahead = (float) momentum;
      for (int i = begin; i < end; i++) {
        float direction = Math.fma(decay, parameters[i], gradient[i]);
        parameters[i] = Math.fma(-rate, Math.fma(ahead, velocity[i], direction), parameters[i]);
      }
    } else {
      for (int i = begin; i < end; i++) {
        parameters[i] = Math.fma(-rate, velocity[i], parameters[i]);
      }
    }
  }
}
