package org.convoy.train;

/** Hears how a run goes; called on the thread that trains, so it should be quick. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * After each update.
   *
   * @param loss mean loss of the step's images before the update
   */
  default void stepFinished(
      Step step, double loss, long examples, double learningRate, StepTiming timing) {}

  /**
   * In place of a step whose loss or gradient is not finite.
   *
   * @param what is not finite, and where
   * @param left such steps that the options still let pass
   */
  default void stepSkipped(Step step, String what, int left) {}

  /** After each epoch. */
  default void epochFinished(EpochReport report) {}
}
