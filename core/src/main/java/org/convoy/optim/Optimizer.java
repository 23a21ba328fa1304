package org.convoy.optim;

import java.io.Serializable;
import org.convoy.nn.ParameterLayout;

/**
 * How a mean gradient changes the parameters: a small immutable record. What it remembers from step
 * to step (momenta, a step count) is an {@link OptimizerState}, which the caller keeps and saves.
 *
 * <p>A step is a pure function of its arguments, with the same bits on every machine. It touches
 * the parameters in {@link ParameterRates#learning} and nothing else: frozen ones and running
 * statistics keep their bits.
 */
public interface Optimizer extends Serializable {

  /** What this optimizer remembers before the first step. */
  OptimizerState newState(ParameterLayout layout);

  /**
   * Changes the parameters by one step and the state with them.
   *
   * @param parameters as long as the layout; changed in place
   * @param gradient the loss's mean gradient over the step's examples, as long as the layout; not
   *     changed
   * @param learningRate of this step, at least 0
   * @param state from {@link #newState}, or a saved copy of one
   * @param rates which parameters learn, and what is special to each
   * @throws IllegalArgumentException if a length does not fit or the state is another optimizer's
   */
  void step(
      float[] parameters,
      float[] gradient,
      double learningRate,
      OptimizerState state,
      ParameterRates rates);
}
