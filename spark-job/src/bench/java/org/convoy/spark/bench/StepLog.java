package org.convoy.spark.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.convoy.train.Step;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;

/** The steps of one run of training, without the first few, which set up memory. */
final class StepLog implements TrainingListener {
  private static final int SKIPPED = 3;

  private final List<Long> walls = new ArrayList<>();
  private final List<Long> overheads = new ArrayList<>();
  private StepTiming timing = StepTiming.ZERO;
  private long last;
  private int steps;

  @Override
  public void stepFinished(
      Step step, double loss, long examples, double learningRate, StepTiming stepTiming) {
    long now = System.nanoTime();
    if (steps++ >= SKIPPED) {
      walls.add(now - last);
      overheads.add(now - last - stepTiming.compute());
      timing = timing.plus(stepTiming);
    }
    last = now;
  }

  int steps() {
    return walls.size();
  }

  /** Median of single steps from end to end, in milliseconds. */
  double medianMillis() {
    return quantile(walls, 0.5);
  }

  /** Quantile of single steps' time without compute, in milliseconds. */
  double overheadMillis(double share) {
    return quantile(overheads, share);
  }

  private static double quantile(List<Long> nanos, double share) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return sorted.get((int) (share * (sorted.size() - 1))) * 1e-6;
  }

  /** Mean of a step from end to end, in milliseconds. */
  double meanMillis() {
    return walls.stream().mapToLong(Long::longValue).sum() * 1e-6 / steps();
  }

  /** Sum of what the trainer says of its steps. */
  StepTiming timing() {
    return timing;
  }
}
