package org.convoy.train;

import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRate;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.Sgd;

/**
 * One shard's part of a round of {@link LocalSteps}. Its memory is made once and reused; an
 * instance belongs to one task at a time.
 */
final class LocalDescent {
  private final TrainingSetup setup;
  private final ShardGradient gradient;
  private final Sgd optimizer;
  private final ParameterRates rates;
  private final Parameters own;
  private final GradientSum sum;

  LocalDescent(TrainingSetup setup, ShardGradient gradient) {
    ParameterLayout layout = setup.network().layout();
    this.setup = setup;
    this.gradient = gradient;
    this.optimizer = setup.localSteps().optimizer();
    this.rates = setup.rates();
    this.own = new Parameters(layout, new float[layout.length()]);
    this.sum = new GradientSum(layout.length());
  }

  /** Whether shards move by themselves in a step. */
  boolean isTaken(Step step) {
    return setup.localSteps().stepsIn(step.epoch()) > 1;
  }

  /**
   * Adds the shard's movement, divided by the learning rate and times its examples, with its loss,
   * counts and seen statistics.
   *
   * @param round has the learning rate of its steps
   */
  void accumulate(
      Step round, int shard, Parameters parameters, ChunkSource chunks, GradientSum total) {
    float[] values = own.values();
    System.arraycopy(parameters.values(), 0, values, 0, values.length);
    OptimizerState state = optimizer.newState(parameters.layout());
    for (Step step : round.split(setup.batchSize())) {
      sum.clear();
      gradient.accumulate(step, shard, own, chunks, sum);
      if (sum.examples() > 0) {
        total.count(sum.examples(), sum.loss(), sum.correct());
        addStatistics(total.gradient());
        float[] mean = sum.toMean();
        rates.clearFrozen(mean);
        optimizer.step(values, mean, round.learningRate(), state, rates);
      }
    }
    if (total.examples() > 0) {
      addMovement(parameters.values(), round.learningRate(), total);
    }
  }

  private void addStatistics(float[] total) {
    for (ParameterLayout.Statistic statistic : own.layout().statistics()) {
      for (int i = statistic.slice().offset(); i < statistic.slice().end(); i++) {
        total[i] += sum.gradient()[i];
      }
    }
  }

  /** A slice whose rate is zero has not moved. */
  private void addMovement(float[] before, double learningRate, GradientSum total) {
    float[] after = own.values();
    float[] movement = total.gradient();
    float examples = total.examples();
    for (ParameterRate slice : rates.learning()) {
      float rate = (float) slice.learningRate(learningRate);
      if (rate != 0) {
        for (int i = slice.begin(); i < slice.end(); i++) {
          movement[i] = examples * ((before[i] - after[i]) / rate);
        }
      }
    }
  }
}
