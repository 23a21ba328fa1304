package org.convoy.train;

/** The loss or the gradient is no longer a finite number; the message says when and what to do. */
public final class TrainingDivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public TrainingDivergedException(String message) {
    super(message);
  }

  /**
   * @param what is not finite
   * @param skipped such steps before this one
   */
  static TrainingDivergedException at(Step step, String what, double learningRate, int skipped) {
    return new TrainingDivergedException(
        String.format(
            "training diverged at step %d of epoch %d%s: %s (learning rate %s); try a lower"
                + " learning rate, a longer warm-up, or gradient clipping; maxSkippedSteps leaves"
                + " out single steps",
            step.index() + 1,
            step.epoch() + 1,
            skipped == 0 ? "" : ", after " + skipped + " that were left out",
            what,
            learningRate));
  }
}
