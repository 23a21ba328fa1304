package org.convoy.train;

import java.util.Optional;

/**
 * What the steps of an epoch add up to so far.
 *
 * @param steps that changed the parameters
 * @param images in them
 * @param loss sum over the images
 * @param correct number of images that were classified right
 * @param learningRate of the last step
 * @param timing where the steps' time went
 */
public record EpochTotals(
    int steps, long images, double loss, long correct, double learningRate, StepTiming timing) {
  /** Of an epoch that has not begun. */
  public static final EpochTotals NONE = new EpochTotals(0, 0, 0, 0, 0, StepTiming.ZERO);

  EpochTotals plus(GradientSum sum, double rate, StepTiming stepTiming) {
    return new EpochTotals(
        steps + 1,
        images + sum.examples(),
        loss + sum.loss(),
        correct + sum.correct(),
        rate,
        timing.plus(stepTiming));
  }

  EpochReport report(int epoch, Optional<Scores> scores) {
    return new EpochReport(
        epoch,
        steps,
        images,
        loss / images,
        correct / (double) images,
        learningRate,
        scores,
        timing.total() * 1e-9,
        timing);
  }
}
