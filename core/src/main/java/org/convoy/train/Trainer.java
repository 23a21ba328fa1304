package org.convoy.train;

import java.util.List;
import java.util.Optional;
import org.convoy.nn.Parameters;
import org.convoy.optim.NonFiniteGradientException;
import org.convoy.optim.ParameterRates;

/**
 * Synchronous gradient descent: for every step the sum of the gradients from a {@link
 * GradientSource}, its mean over the step's examples, one update. The loop is the same for a
 * cluster and for one JVM, for a run from its beginning and for one that goes on.
 */
public final class Trainer {
  private final TrainingSetup setup;
  private final TrainingOptions options;
  private final GradientSource source;
  private final Evaluator evaluator;
  private final TrainingListener listener;
  private final ParameterRates rates;

  public Trainer(
      TrainingSetup setup,
      TrainingOptions options,
      GradientSource source,
      Evaluator evaluator,
      TrainingListener listener) {
    this.setup = setup;
    this.options = options;
    this.source = source;
    this.evaluator = evaluator;
    this.listener = listener;
    this.rates = setup.rates();
  }

  /**
   * Trains.
   *
   * @param state of a run that has not begun, or of one that goes on; changed
   * @param guard may end the run between two steps
   * @throws TrainingDivergedException if loss or gradient stop being finite numbers, more often
   *     than the options let pass
   */
  public TrainingResult train(TrainingState state, RunGuard guard) {
    Optional<String> end = options.endOf(state.progress());
    while (end.isEmpty()) {
      if (!isEpochOver(state)) {
        step(state);
      }
      Optional<EpochReport> report =
          isEpochOver(state) ? Optional.of(judge(state)) : Optional.empty();
      synchronized (state) {
        report.ifPresent(epoch -> endEpoch(state, epoch));
        Optional<String> asked = guard.afterStep(state);
        end = options.endOf(state.progress()).or(() -> asked);
      }
      report.ifPresent(listener::epochFinished);
    }
    return result(state, end.get());
  }

  private boolean isEpochOver(TrainingState state) {
    return state.progress().stepsOfEpoch(setup)
        >= setup.stepsPerEpoch(state.progress().epochs().size());
  }

  private TrainingResult result(TrainingState state, String end) {
    RunProgress progress = state.progress();
    List<EpochReport> epochs = progress.epochs();
    int last = progress.stepsOfEpoch(setup) == 0 ? epochs.size() - 1 : -1;
    int judged = progress.best().map(RunProgress.Best::epoch).orElse(last);
    return new TrainingResult(
        state.best().orElse(state.judged()),
        progress,
        judged < 0 ? Optional.empty() : Optional.of(epochs.get(judged)),
        end.isEmpty() ? Optional.empty() : Optional.of(end));
  }

  private void step(TrainingState state) {
    RunProgress before = state.progress();
    int index = before.stepsOfEpoch(setup);
    double rate = learningRate(before.epochs().size(), index);
    Step step = setup.step(before.epochs().size(), index).withLearningRate(rate);
    GradientSource.Result result = source.compute(step, state.parameters());
    long start = System.nanoTime();
    Optional<String> fault = result.sum().flatMap(this::faultOf);
    fault.ifPresent(what -> report(step, what, rate, state));
    Optional<GradientSum> sum = result.sum().filter(whole -> fault.isEmpty());
    StepTiming timing;
    synchronized (state) {
      sum.ifPresent(whole -> update(whole, rate, state));
      timing = result.timing().withUpdate(System.nanoTime() - start);
      state.setProgress(
          fault.isPresent() ? before.withSkippedStep() : before.withStep(sum, rate, timing));
      long done = state.progress().steps();
      state.average().ifPresent(mean -> mean.afterStep(state.parameters(), done, totalSteps()));
    }
    sum.ifPresent(
        whole ->
            listener.stepFinished(
                step, whole.loss() / whole.examples(), whole.examples(), rate, timing));
  }

  private EpochReport judge(TrainingState state) {
    int epoch = state.progress().epochs().size();
    Optional<Scores> scores =
        options.evaluatesAfter(epoch)
            ? evaluator.evaluate(state.judged()).map(Evaluation::scores)
            : Optional.empty();
    return state.progress().current().report(epoch, scores);
  }

  private void endEpoch(TrainingState state, EpochReport report) {
    Optional<RunProgress.Best> best = state.progress().best();
    if (report.scores().isPresent() && options.earlyStopping().isPresent()) {
      EarlyStopping stopping = options.earlyStopping().get();
      RunProgress.Best now = stopping.judge(report.epoch(), report.scores().get(), best);
      if (now.epoch() == report.epoch()) {
        state.keepAsBest();
      }
      best = Optional.of(now);
    }
    state.setProgress(state.progress().withEpoch(report, best));
  }

  private long totalSteps() {
    return setup.stepsBefore(options.epochs());
  }

  private double learningRate(int epoch, int index) {
    int batches = setup.batchesPerEpoch();
    return options
        .learningRate()
        .at(setup.batchesBefore(epoch, index), batches, (long) options.epochs() * batches);
  }

  /** Turns the sum into the clipped mean gradient, and says what is not finite in it. */
  private Optional<String> faultOf(GradientSum sum) {
    if (!Double.isFinite(sum.loss())) {
      return Optional.of("the loss is " + sum.loss());
    }
    float[] gradient = sum.toMean();
    rates.clearFrozen(gradient);
    try {
      options.clipping().clip(gradient, setup.network().layout());
      return Optional.empty();
    } catch (NonFiniteGradientException e) {
      return Optional.of(e.getMessage());
    }
  }

  private void report(Step step, String fault, double rate, TrainingState state) {
    List<ShardFault> faults = source.findFaults(step, state.parameters());
    String what = fault + ShardFault.describe(faults);
    int left = options.maxSkippedSteps() - state.progress().skipped();
    if (left <= 0) {
      throw TrainingDivergedException.at(step, what, rate, state.progress().skipped());
    }
    listener.stepSkipped(step, what, left - 1);
  }

  private void update(GradientSum sum, double rate, TrainingState state) {
    Parameters parameters = state.parameters();
    options.optimizer().step(parameters.values(), sum.gradient(), rate, state.optimizer(), rates);
    rates.updateStatistics(parameters.values(), sum.gradient());
  }
}
