package org.convoy.spark.progress;

import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.convoy.train.EpochReport;
import org.convoy.train.Scores;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;

/**
 * Shows how a training run goes: now and then where it is, how fast, for how much longer and where
 * the time goes; after each epoch a line that stays.
 */
public final class TrainingProgress implements TrainingListener {
  private final Plan plan;
  private final ProgressView view;
  private final LongSupplier nanoClock;
  private final Pace pace = new Pace();
  private StepTiming timing = StepTiming.ZERO;
  private long lastStep;
  private long lastShown;
  private double evaluationSeconds;

  /**
   * What is to be done.
   *
   * @param stepsPerEpoch number of steps of an epoch, by its number
   * @param images that one epoch passes over
   */
  public record Plan(int epochs, IntUnaryOperator stepsPerEpoch, long images) {}

  /**
   * @param nanoClock such as {@code System::nanoTime}
   */
  public TrainingProgress(Plan plan, ProgressView view, LongSupplier nanoClock) {
    this.plan = plan;
    this.view = view;
    this.nanoClock = nanoClock;
    this.lastStep = nanoClock.getAsLong();
    this.lastShown = lastStep;
  }

  @Override
  public void stepFinished(
      Step step, double loss, long examples, double learningRate, StepTiming stepTiming) {
    long now = nanoClock.getAsLong();
    pace.add(examples, seconds(now - lastStep), loss);
    timing = timing.plus(stepTiming);
    lastStep = now;
    if (now - lastShown >= view.intervalNanos()) {
      view.pass(describe(step));
      lastShown = now;
    }
  }

  @Override
  public void stepSkipped(Step step, String what, int left) {
    view.keep(
        text(
            "epoch %d/%d, step %d/%d was left out: %s (%d more may be)",
            step.epoch() + 1,
            plan.epochs(),
            step.index() + 1,
            plan.stepsPerEpoch().applyAsInt(step.epoch()),
            what,
            left));
  }

  @Override
  public void epochFinished(EpochReport report) {
    long now = nanoClock.getAsLong();
    evaluationSeconds = seconds(now - lastStep);
    timing = StepTiming.ZERO;
    lastStep = now;
    lastShown = now;
    view.keep(describe(report));
  }

  private String describe(Step step) {
    return text(
        "epoch %d/%d, step %d/%d, loss %.4f, %,.0f images/s, %s left (%s)",
        step.epoch() + 1,
        plan.epochs(),
        step.index() + 1,
        plan.stepsPerEpoch().applyAsInt(step.epoch()),
        pace.loss(),
        pace.imagesPerSecond(),
        Durations.format(secondsLeft(step)),
        shares());
  }

  private double secondsLeft(Step step) {
    int epochsBehind = plan.epochs() - step.epoch() - 1;
    double imagesLeft = plan.images() - step.to() + (double) epochsBehind * plan.images();
    return imagesLeft / pace.imagesPerSecond() + (epochsBehind + 1) * evaluationSeconds;
  }

  private String shares() {
    return text(
        "compute %s, update %s, serialization %s, aggregation %s, broadcast %s, scheduling %s",
        share(timing.compute()),
        share(timing.update()),
        share(timing.serialization()),
        share(timing.aggregate()),
        share(timing.broadcast()),
        share(timing.scheduling()));
  }

  private String share(long nanos) {
    return Math.round(100.0 * nanos / Math.max(1, timing.total())) + "%";
  }

  private String describe(EpochReport report) {
    return text(
        "epoch %d/%d: train loss %.4f, accuracy %.2f %%%s; rate %.3g, %,.0f images/s, %s",
        report.epoch() + 1,
        plan.epochs(),
        report.trainLoss(),
        100 * report.trainAccuracy(),
        report.scores().map(TrainingProgress::describe).orElse(""),
        report.learningRate(),
        report.images() / report.seconds(),
        Durations.format(report.seconds()));
  }

  private static String describe(Scores scores) {
    return text("; test loss %.4f, accuracy %.2f %%", scores.loss(), 100 * scores.accuracy())
        + others(scores);
  }

  /** What is told of several classes and of boxes; how often a class was among the first is not. */
  public static String others(Scores scores) {
    return scores.others().stream()
        .filter(metric -> !metric.name().startsWith("top"))
        .map(metric -> text(", %s %.2f %%", metric.name(), 100 * metric.value()))
        .collect(Collectors.joining());
  }

  private static double seconds(long nanos) {
    return nanos * 1e-9;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
