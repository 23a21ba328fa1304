package org.convoy.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.optim.NonFiniteGradientException;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.WeightAverage;

/**
 * Synchronous gradient descent: for every step the sum of the gradients from a {@link
 * GradientSource}, its mean over the step's examples, one update. The loop is the same for a
 * cluster and for one JVM.
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
   * @param initial where to begin; not changed
   * @throws TrainingDivergedException if loss or gradient stop being finite numbers
   */
  public TrainingResult train(Parameters initial) {
    Parameters parameters = initial.copy();
    OptimizerState state = options.optimizer().newState(parameters.layout());
    Optional<WeightAverage> average =
        options.averaging().map(averaging -> new WeightAverage(averaging, parameters));
    Parameters judged = average.map(WeightAverage::average).orElse(parameters);
    List<EpochReport> reports = new ArrayList<>();
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      EpochSums sums = trainEpoch(epoch, parameters, state, average);
      Optional<Evaluation> evaluation =
          options.evaluatesAfter(epoch) ? evaluator.evaluate(judged) : Optional.empty();
      EpochReport report = sums.report(epoch, evaluation);
      reports.add(report);
      listener.epochFinished(report);
    }
    return new TrainingResult(judged, reports);
  }

  private EpochSums trainEpoch(
      int epoch, Parameters parameters, OptimizerState state, Optional<WeightAverage> average) {
    EpochSums sums = new EpochSums();
    for (int index = 0; index < setup.stepsPerEpoch(); index++) {
      Step step = setup.step(epoch, index);
      GradientSource.Result result = source.compute(step, parameters);
      if (result.sum().isPresent()) {
        GradientSum sum = result.sum().get();
        double rate = learningRate(step);
        update(step, sum, rate, parameters, state);
        sums.add(sum, rate, result.timing());
        double loss = sum.loss() / sum.examples();
        listener.stepFinished(step, loss, sum.examples(), rate, result.timing());
      }
      average.ifPresent(mean -> mean.afterStep(parameters, number(step) + 1, totalSteps()));
    }
    return sums;
  }

  /** Steps before this one, from the beginning of the run. */
  private long number(Step step) {
    return step.epoch() * (long) setup.stepsPerEpoch() + step.index();
  }

  private long totalSteps() {
    return options.epochs() * (long) setup.stepsPerEpoch();
  }

  private double learningRate(Step step) {
    return options.learningRate().at(number(step), setup.stepsPerEpoch(), totalSteps());
  }

  private void update(
      Step step, GradientSum sum, double rate, Parameters parameters, OptimizerState state) {
    if (!Double.isFinite(sum.loss())) {
      throw diverged(step, "the loss is " + sum.loss(), rate);
    }
    ParameterLayout layout = parameters.layout();
    float[] gradient = sum.toMean();
    rates.clearFrozen(gradient);
    try {
      options.clipping().clip(gradient, layout);
    } catch (NonFiniteGradientException e) {
      TrainingDivergedException diverged = diverged(step, e.getMessage(), rate);
      diverged.initCause(e);
      throw diverged;
    }
    options.optimizer().step(parameters.values(), gradient, rate, state, rates);
    rates.updateStatistics(parameters.values(), gradient);
  }

  private TrainingDivergedException diverged(Step step, String what, double rate) {
    return new TrainingDivergedException(
        String.format(
            "training diverged at step %d of epoch %d: %s (learning rate %s); try a lower learning"
                + " rate, a longer warm-up, or gradient clipping",
            step.index() + 1, step.epoch() + 1, what, rate));
  }

  /** Adds up an epoch's steps. */
  private static final class EpochSums {
    private int steps;
    private long images;
    private double loss;
    private long correct;
    private double rate;
    private StepTiming timing = StepTiming.ZERO;

    void add(GradientSum sum, double learningRate, StepTiming stepTiming) {
      steps++;
      images += sum.examples();
      loss += sum.loss();
      correct += sum.correct();
      rate = learningRate;
      timing = timing.plus(stepTiming);
    }

    EpochReport report(int epoch, Optional<Evaluation> evaluation) {
      return new EpochReport(
          epoch,
          steps,
          images,
          loss / images,
          correct / (double) images,
          rate,
          evaluation,
          timing.total() * 1e-9,
          timing);
    }
  }
}
