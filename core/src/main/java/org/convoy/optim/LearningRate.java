package org.convoy.optim;

import java.io.Serializable;

/**
 * The learning rate of every step of a run: a pure function of the step, so that a resumed run goes
 * on where it stopped.
 *
 * <p>Steps and epochs are counted from 0 and from the beginning of the run. Decays that are stated
 * in epochs (step, multistep, exponential) look at the epoch that a step lies in; those that
 * stretch over a run (cosine, polynomial, one-cycle) change in every step. With one step per epoch,
 * each gives the values of PyTorch's scheduler of that name.
 */
public interface LearningRate extends Serializable {

  /**
   * The rate used in a step.
   *
   * @param step from 0; steps from {@code totalSteps} on have the rate at which the schedule ends
   * @param stepsPerEpoch at least 1
   * @param totalSteps of the whole run, at least 1
   */
  double at(long step, long stepsPerEpoch, long totalSteps);

  /** How it begins. */
  default Warmup warmup() {
    return Warmup.NONE;
  }
}
