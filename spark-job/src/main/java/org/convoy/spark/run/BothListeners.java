package org.convoy.spark.run;

import org.convoy.train.EpochReport;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;

/** Two that hear the same, one after the other. */
record BothListeners(TrainingListener first, TrainingListener second) implements TrainingListener {
  @Override
  public void stepFinished(
      Step step, double loss, long examples, double learningRate, StepTiming timing) {
    first.stepFinished(step, loss, examples, learningRate, timing);
    second.stepFinished(step, loss, examples, learningRate, timing);
  }

  @Override
  public void stepSkipped(Step step, String what, int left) {
    first.stepSkipped(step, what, left);
    second.stepSkipped(step, what, left);
  }

  @Override
  public void epochFinished(EpochReport report) {
    first.epochFinished(report);
    second.epochFinished(report);
  }
}
