package org.convoy.train;

import java.util.Optional;
import org.convoy.nn.Parameters;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.WeightAverage;

/**
 * All that a run carries from one step to the next: with it, and the same options and data, a run
 * goes on as if it had never stopped, to the same bits.
 *
 * <p>A {@link Trainer} changes it only while it holds its monitor; whoever else holds the monitor
 * sees the run between two steps.
 */
public final class TrainingState {
  private final Parameters parameters;
  private final OptimizerState optimizer;
  private final Optional<WeightAverage> average;
  private Optional<Parameters> best;
  private RunProgress progress;

  /**
   * @param parameters changed by the run
   * @param optimizer changed by the run
   * @param average of the weights, where the options ask for one
   * @param best weights of the best epoch, if there was one and the options ask for them
   */
  public TrainingState(
      Parameters parameters,
      OptimizerState optimizer,
      Optional<WeightAverage> average,
      Optional<Parameters> best,
      RunProgress progress) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.average = average;
    this.best = best;
    this.progress = progress;
  }

  /**
   * Of a run that has not begun.
   *
   * @param initial where to begin; copied
   */
  public static TrainingState begin(Parameters initial, TrainingOptions options) {
    return new TrainingState(
        initial.copy(),
        options.optimizer().newState(initial.layout()),
        options.averaging().map(averaging -> new WeightAverage(averaging, initial)),
        Optional.empty(),
        RunProgress.NONE);
  }

  /** After the last step; the numbers themselves. */
  public Parameters parameters() {
    return parameters;
  }

  /** The optimizer's numbers. */
  public OptimizerState optimizer() {
    return optimizer;
  }

  /** The average of the weights, where there is one. */
  public Optional<WeightAverage> average() {
    return average;
  }

  /** Weights of the best epoch, where they are kept. */
  public Optional<Parameters> best() {
    return best;
  }

  /** How far the run has come. */
  public RunProgress progress() {
    return progress;
  }

  /** What is judged by the test data: the average where there is one. */
  public Parameters judged() {
    return average.map(WeightAverage::average).orElse(parameters);
  }

  void setProgress(RunProgress now) {
    progress = now;
  }

  void keepAsBest() {
    best = Optional.of(judged().copy());
  }
}
