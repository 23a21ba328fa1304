package org.convoy.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a run has come.
 *
 * @param steps done since its beginning, those without images among them
 * @param skipped steps that were left out because loss or gradient were not finite
 * @param current totals of the epoch that has begun
 * @param epochs reports of those that have ended
 * @param best the epoch with the best scores, if the run keeps its weights
 */
public record RunProgress(
    long steps, int skipped, EpochTotals current, List<EpochReport> epochs, Optional<Best> best) {
  /** Of a run that has not begun. */
  public static final RunProgress NONE =
      new RunProgress(0, 0, EpochTotals.NONE, List.of(), Optional.empty());

  /**
   * The epoch whose weights are kept.
   *
   * @param epoch counted from 0
   * @param value what {@link EarlyStopping} compares, the larger the better
   * @param evaluationsSince that were not better
   */
  public record Best(int epoch, double value, int evaluationsSince) {}

  public RunProgress {
    epochs = List.copyOf(epochs);
    if (steps < 0 || skipped < 0) {
      throw new IllegalArgumentException(
          "steps must be at least 0, got " + steps + " done, " + skipped + " skipped");
    }
  }

  /** Steps of the epoch that has begun. */
  public int stepsOfEpoch(TrainingSetup setup) {
    return (int) (steps - setup.stepsBefore(epochs.size()));
  }

  /** Once a step is done, which may have had no images. */
  RunProgress withStep(Optional<GradientSum> sum, double rate, StepTiming timing) {
    EpochTotals totals = sum.map(whole -> current.plus(whole, rate, timing)).orElse(current);
    return new RunProgress(steps + 1, skipped, totals, epochs, best);
  }

  RunProgress withSkippedStep() {
    return new RunProgress(steps + 1, skipped + 1, current, epochs, best);
  }

  RunProgress withEpoch(EpochReport report, Optional<Best> nowBest) {
    List<EpochReport> reports = new ArrayList<>(epochs);
    reports.add(report);
    return new RunProgress(steps, skipped, EpochTotals.NONE, reports, nowBest);
  }
}
