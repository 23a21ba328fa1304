package org.convoy.train;

import java.util.Locale;
import java.util.Optional;
import org.convoy.description.Default;

/**
 * Ends a run once its scores on the test data no longer improve, with the weights of the best epoch
 * (Prechelt 1998, "Early stopping - but when?").
 *
 * @param metric that is compared
 * @param patience evaluations without a better one after which the run ends, at least 1
 * @param minDelta by how much a better one must be better, at least 0
 */
public record EarlyStopping(
    @Default("\"accuracy\"") Metric metric,
    @Default("5") int patience,
    @Default("0") double minDelta) {

  /** What says how good weights are. */
  public enum Metric {
    /** Share of images that are classified right; micro F1 where they have several classes. */
    ACCURACY {
      @Override
      double value(Scores scores) {
        return scores.quality();
      }
    },
    /** Mean loss; less is better. */
    LOSS {
      @Override
      double value(Scores scores) {
        return -scores.loss();
      }
    };

    /** The larger the better. */
    abstract double value(Scores scores);
  }

  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "earlyStopping: patience must be at least 1 evaluation, got " + patience);
    }
    if (!(minDelta >= 0)) {
      throw new IllegalArgumentException(
          "earlyStopping: minDelta must be at least 0, got " + minDelta);
    }
  }

  /**
   * The best epoch, once another one has been judged; a score that is no number is never better.
   */
  RunProgress.Best judge(int epoch, Scores scores, Optional<RunProgress.Best> before) {
    double value = metric.value(scores);
    if (before.isEmpty() || isBetter(value, before.get().value())) {
      return new RunProgress.Best(epoch, value, 0);
    }
    RunProgress.Best best = before.get();
    return new RunProgress.Best(best.epoch(), best.value(), best.evaluationsSince() + 1);
  }

  private boolean isBetter(double value, double best) {
    return Double.isNaN(best) ? !Double.isNaN(value) : value > best + minDelta;
  }

  boolean isOver(RunProgress progress) {
    return progress.best().map(best -> best.evaluationsSince() >= patience).orElse(false);
  }

  String describe(RunProgress progress) {
    RunProgress.Best best = progress.best().orElseThrow();
    return String.format(
        "early stopping: no better %s on the test data in %d evaluations; the weights are those of"
            + " epoch %d",
        metric.name().toLowerCase(Locale.ROOT), best.evaluationsSince(), best.epoch() + 1);
  }
}
