package org.convoy.optim;

import java.io.Serializable;
import org.convoy.nn.ParameterLayout;

/**
 * How a mean gradient changes the parameters: a small immutable record. What it remembers from step
 * to step (momenta, a step count) is an {@link OptimizerState}, which the caller keeps and saves.
 *
 * <p>A step is a pure function of its arguments, with the same bits on every machine.
 */
public interface Optimizer extends Serializable {

  /** What this optimizer remembers before the first step. */
  OptimizerState newState(ParameterLayout layout);

  /**
   * Changes the parameters by one step and the state with them.
   *
   * @param parameters changed in place
   * @param gradient the loss's mean gradient over the step's examples; not changed
   * @param learningRate of this step, at least 0
   * @param state from {@link #newState}, or a saved copy of one
   * @param layout names the slices of both vectors, for rules that differ between parameters
   * @throws IllegalArgumentException if a length does not fit or the state is another optimizer's
   */
  void step(
      float[] parameters,
      float[] gradient,
      double learningRate,
      OptimizerState state,
      ParameterLayout layout);
}
